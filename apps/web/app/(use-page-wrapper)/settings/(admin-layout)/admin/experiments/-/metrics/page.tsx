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
  return <MetricListView metrics={await experimentsAdmin().metricCatalog.list({ userId: user.id })} />;
}
