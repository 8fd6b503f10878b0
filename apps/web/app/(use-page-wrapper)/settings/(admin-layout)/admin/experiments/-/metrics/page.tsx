import { experimentsAdmin } from "@calcom/features/experiments/server";
import { MetricListView } from "@calcom/features/experiments-admin/pages/MetricListView";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("metrics") };
}

export default async function MetricsPage() {
  const { user } = await requireExperimentsPage(experimentPaths.metrics);
  const { metricCatalog } = experimentsAdmin();
  const actor = { userId: user.id };
  const [metrics, sources] = await Promise.all([metricCatalog.list(actor), metricCatalog.listSources(actor)]);
  return <MetricListView metrics={metrics} sources={sources} />;
}
