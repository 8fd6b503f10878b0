import { experimentResults, experimentsAdmin } from "@calcom/features/experiments/server";
import { ExperimentDetailView } from "@calcom/features/experiments-admin/pages/ExperimentDetailView";
import { env } from "@calcom/lib/env";
import type { Metadata } from "next";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { readSlug } from "@/lib/slug-param";
import { loadExperiment } from "@/modules/experiments/admin/load-experiment";
import { experimentPaths } from "@/modules/experiments/admin/paths";
import { posthogLinks } from "@/modules/experiments/posthog-links";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.detail(slug));
  const { name } = await loadExperiment(user.id, slug);
  return { title: name };
}

export default async function ExperimentDetailPage({ params }: Props) {
  const slug = await readSlug(params);
  const { user } = await requireExperimentsPage(experimentPaths.detail(slug));
  // What is not there is said by the first: the others would ask for counts of nothing.
  const experiment = await loadExperiment(user.id, slug);
  const actor = { userId: user.id };
  const [stats, results] = await Promise.all([
    experimentsAdmin().catalog.readStats(actor, slug),
    experimentResults().get(actor, slug),
  ]);
  return (
    <ExperimentDetailView
      key={slug}
      slug={slug}
      firstExperiment={experiment}
      firstStats={stats}
      firstResults={results}
      posthog={posthogLinks(experiment, env())}
    />
  );
}
