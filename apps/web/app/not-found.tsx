import type { Metadata } from "next";
import { getStaticTranslation } from "@/lib/i18n-server";
import { NotFoundMessage } from "@/modules/shell/NotFoundMessage";

export function generateMetadata(): Metadata {
  const { t } = getStaticTranslation();
  return { title: t("not_found_title") };
}

export default function NotFound() {
  return (
    <main className="px-4 sm:px-6">
      <NotFoundMessage />
    </main>
  );
}
