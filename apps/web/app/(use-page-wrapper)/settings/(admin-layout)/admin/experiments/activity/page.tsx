import { ActivityView } from "@calcom/features/experiments-admin/pages/ActivityView";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("activity") };
}

export default async function ActivityPage() {
  await requireExperimentsPage(experimentPaths.activity);
  const { t } = await getServerTranslation();
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader title={t("activity")} description={t("activity_description")} trail={[]} />
      <ActivityView />
    </div>
  );
}
