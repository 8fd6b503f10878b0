import { getServerTranslation } from "@/lib/i18n-server";
import { getExperimentRole } from "@/lib/require-experiments";
import { getCurrentUser } from "@/lib/session";
import { MessagePage } from "@/modules/shell/MessagePage";

/** Viewers and editors are led back to what they may see. */
export default async function Forbidden() {
  const { t } = await getServerTranslation();
  const user = await getCurrentUser();
  const hasRole = user !== null && (await getExperimentRole(user.id)) !== null;
  return (
    <MessagePage
      status="403"
      title={t("forbidden_title")}
      description={t("forbidden_description")}
      link={
        hasRole
          ? { href: "/settings/admin/experiments", label: t("back_to_experiments") }
          : { href: "/settings/profile", label: t("back_to_profile") }
      }
    />
  );
}
