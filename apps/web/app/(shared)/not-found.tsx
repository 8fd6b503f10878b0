import { getServerTranslation } from "@/lib/i18n-server";
import { MessagePage } from "@/modules/shell/MessagePage";

/** The same for every link that opens no report, so that nobody learns whether there was one. */
export default async function ReportNotFound() {
  const { t } = await getServerTranslation();
  return (
    <MessagePage
      status="404"
      title={t("report_unavailable_title")}
      description={t("report_unavailable_text")}
      link={{ href: "/", label: t("back_to_start") }}
    />
  );
}
