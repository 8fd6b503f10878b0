import { getServerTranslation } from "@/lib/i18n-server";
import { MessagePage } from "./MessagePage";
import { ReloadButton } from "./ReloadButton";

/** Stands where a page would, while the database does not answer. */
export async function AwayMessage() {
  const { t } = await getServerTranslation();
  return (
    <MessagePage
      status="503"
      title={t("away_page_title")}
      description={t("away_page_description")}
      link={{ href: "/", label: t("back_to_start") }}
      action={<ReloadButton label={t("try_again")} />}
    />
  );
}
