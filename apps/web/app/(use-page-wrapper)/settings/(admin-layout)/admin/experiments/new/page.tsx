import { ExperimentFormView } from "@calcom/features/experiments-admin/pages/ExperimentFormView";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("experiment_new") };
}

export default async function NewExperimentPage() {
  await requireExperimentsPage(experimentPaths.create, "edit");
  const { t } = await getServerTranslation();
  return (
    <div className="flex flex-col gap-8">
      <FormPageHeader title={t("experiment_new")} trail={[]} />
      <ExperimentFormView />
    </div>
  );
}
