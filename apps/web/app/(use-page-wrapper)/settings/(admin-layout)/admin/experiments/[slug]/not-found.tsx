import { Button, EmptyState } from "@calcom/ui";
import Link from "next/link";
import { getServerTranslation } from "@/lib/i18n-server";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export default async function ExperimentNotFound() {
  const { t } = await getServerTranslation();
  return (
    <>
      {/* The metadata of a page that was not found are dropped, and its title with them. */}
      <title>{`${t("experiment_not_found")} · ${t("app_name")}`}</title>
      <EmptyState
        title={t("experiment_not_found")}
        description={t("experiment_not_found_description")}
        action={
          <Button asChild variant="outline">
            <Link href={experimentPaths.list}>{t("experiments_all")}</Link>
          </Button>
        }
      />
    </>
  );
}
