import { Button, PageHeader } from "@calcom/ui";
import Link from "next/link";
import { getServerTranslation } from "@/lib/i18n-server";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export default async function ExperimentNotFound() {
  const { t } = await getServerTranslation();
  return (
    <>
      {/* The metadata of a page that was not found are dropped, and its title with them. */}
      <title>{`${t("experiment_not_found")} · ${t("app_name")}`}</title>
      <div className="grid justify-items-start gap-5">
        <PageHeader title={t("experiment_not_found")} description={t("experiment_not_found_description")} />
        <Button asChild variant="outline">
          <Link href={experimentPaths.list}>{t("experiments_all")}</Link>
        </Button>
      </div>
    </>
  );
}
