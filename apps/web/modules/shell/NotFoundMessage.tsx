import { getServerTranslation } from "@/lib/i18n-server";
import { MessagePage } from "./MessagePage";

export async function NotFoundMessage() {
  const { t } = await getServerTranslation();
  return (
    <MessagePage
      status="404"
      title={t("not_found_title")}
      description={t("not_found_description")}
      link={{ href: "/", label: t("back_to_start") }}
    />
  );
}
