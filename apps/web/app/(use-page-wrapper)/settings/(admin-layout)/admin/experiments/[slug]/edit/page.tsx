import { ExperimentFormView } from "@calcom/features/experiments-admin/pages/ExperimentFormView";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { readSlug } from "@/lib/slug-param";
import { loadExperiment } from "@/modules/experiments/admin/load-experiment";
import { experimentPaths } from "@/modules/experiments/admin/paths";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.edit(slug), "edit");
  const [{ t }, { name }] = await Promise.all([getServerTranslation(), loadExperiment(user.id, slug)]);
  return { title: t("experiment_edit_title", { name }) };
}

export default async function EditExperimentPage({ params }: Props) {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.edit(slug), "edit");
  const [{ t }, experiment] = await Promise.all([getServerTranslation(), loadExperiment(user.id, slug)]);
  const { name, config, assignments } = experiment;
  // Damaged with people in it: its own page says what is wrong, and nobody may guess what it was.
  if (config === null && assignments > 0) redirect(experimentPaths.detail(slug));
  return (
    <div className="flex flex-col gap-8">
      <FormPageHeader
        title={t("experiment_edit_title", { name })}
        crumb={t("edit")}
        trail={[{ href: experimentPaths.detail(slug), label: name }]}
      />
      <ExperimentFormView key={`${slug}:${experiment.version}`} stored={experiment} />
    </div>
  );
}
