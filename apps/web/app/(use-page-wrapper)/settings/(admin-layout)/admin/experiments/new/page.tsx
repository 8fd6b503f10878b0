import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { ExperimentFormView } from "@/modules/experiments/admin/ExperimentFormView";
import { FormPageHeader } from "@/modules/experiments/admin/FormPageHeader";
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
