import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { NotFoundMessage } from "@/modules/shell/NotFoundMessage";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("not_found_title") };
}

export default function NotFound() {
  return (
    <main className="px-4 sm:px-6">
      <NotFoundMessage />
    </main>
  );
}
