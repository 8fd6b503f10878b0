import { experimentsAdmin } from "@calcom/features/experiments/server";
import type { Metadata } from "next";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { ExperimentDetailView } from "@/modules/experiments/admin/ExperimentDetailView";
import { loadExperiment } from "@/modules/experiments/admin/load-experiment";
import { experimentPaths } from "@/modules/experiments/admin/paths";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const slug = decodeURIComponent((await params).slug);
  const { user } = await requireExperimentsPage(experimentPaths.detail(slug));
  const { name } = await loadExperiment(user.id, slug);
  return { title: name };
}

export default async function ExperimentDetailPage({ params }: Props) {
  const slug = decodeURIComponent((await params).slug);
  const { user } = await requireExperimentsPage(experimentPaths.detail(slug));
  const [experiment, stats] = await Promise.all([
    loadExperiment(user.id, slug),
    experimentsAdmin().stats({ userId: user.id }, slug),
  ]);
  return <ExperimentDetailView key={slug} slug={slug} firstExperiment={experiment} firstStats={stats} />;
}
