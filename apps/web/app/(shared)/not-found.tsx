import { getServerTranslation } from "@/lib/i18n-server";
import { MessagePage } from "@/modules/shell/MessagePage";

/** Every link that opens no report shows this page, so it doesn’t reveal whether a report ever existed. */
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
