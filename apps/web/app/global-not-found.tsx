import type { Metadata } from "next";
import { getLocale, getServerTranslation } from "@/lib/i18n-server";
import { AppFrame } from "@/modules/shell/AppFrame";
import { Document } from "@/modules/shell/Document";
import { NotFoundMessage } from "@/modules/shell/NotFoundMessage";

export { viewport } from "@/modules/shell/Document";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: `${t("not_found_title")} · ${t("app_name")}` };
}

/** For addresses that lead nowhere. Pages that find nothing show the same message within their own layout. */
export default async function GlobalNotFound() {
  return (
    <Document locale={await getLocale()}>
      <AppFrame>
        <NotFoundMessage />
      </AppFrame>
    </Document>
  );
}
