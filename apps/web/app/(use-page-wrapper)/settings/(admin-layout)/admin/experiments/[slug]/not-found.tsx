import { getServerTranslation } from "@/lib/i18n-server";
import { experimentPaths } from "@/modules/experiments/admin/paths";
import { MessagePage } from "@/modules/shell/MessagePage";

export default async function ExperimentNotFound() {
  const { t } = await getServerTranslation();
  return (
    <>
      {/* The metadata of a page that was not found are dropped, and its title with them. */}
      <title>{`${t("experiment_not_found")} · ${t("app_name")}`}</title>
      <MessagePage
        status="404"
        title={t("experiment_not_found")}
        description={t("experiment_not_found_description")}
        link={{ href: experimentPaths.list, label: t("experiments_all") }}
      />
    </>
  );
}
