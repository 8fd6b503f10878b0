import { experimentsAdmin } from "@calcom/features/experiments/server";
import { MetricView } from "@calcom/features/experiments-admin/pages/MetricView";
import type { Metadata } from "next";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { loadMetric, readMetricKey } from "@/modules/experiments/admin/load-metric";
import { experimentPaths } from "@/modules/experiments/admin/paths";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const key = await readMetricKey(params);
  const { user } = await requireExperimentsPage(experimentPaths.metric(key));
  return { title: (await loadMetric(user.id, key)).name };
}

export default async function MetricPage({ params }: Props) {
  const key = await readMetricKey(params);
  const { user } = await requireExperimentsPage(experimentPaths.metric(key));
  const [metric, sources] = await Promise.all([
    loadMetric(user.id, key),
    experimentsAdmin().metricCatalog.listSources({ userId: user.id }),
  ]);
  return <MetricView key={`${key} ${metric.revision}`} stored={metric} sources={sources} userId={user.id} />;
}
