import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireAdminPage } from "@/lib/require-admin";
import { ExperimentFormView } from "@/modules/experiments/admin/ExperimentFormView";
import { FormPageHeader } from "@/modules/experiments/admin/FormPageHeader";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("experiment_new") };
}

export default async function NewExperimentPage() {
  await requireAdminPage(experimentPaths.create);
  const { t } = await getServerTranslation();
  return (
    <div className="flex flex-col gap-8">
      <FormPageHeader title={t("experiment_new")} trail={[]} />
      <ExperimentFormView />
    </div>
  );
}
