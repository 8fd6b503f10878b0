import { getServerTranslation } from "@/lib/i18n-server";
import { MessagePage } from "@/modules/shell/MessagePage";

export default async function Forbidden() {
  const { t } = await getServerTranslation();
  return (
    <MessagePage
      className="mx-0 py-0 sm:py-0"
      status="403"
      title={t("forbidden_title")}
      description={t("forbidden_description")}
      link={{ href: "/settings/profile", label: t("back_to_profile") }}
    />
  );
}
