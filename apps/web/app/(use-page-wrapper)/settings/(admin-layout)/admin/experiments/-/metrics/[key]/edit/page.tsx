import { experimentsAdmin } from "@calcom/features/experiments/server";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import { MetricFormView } from "@calcom/features/experiments-admin/pages/MetricFormView";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { loadMetric, readMetricKey } from "@/modules/experiments/admin/load-metric";
import { experimentPaths } from "@/modules/experiments/admin/paths";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("metric_new_version") };
}

export default async function EditMetricPage({ params }: Props) {
  const key = await readMetricKey(params);
  const { user } = await requireExperimentsPage(experimentPaths.editMetric(key), "edit");
  const [{ t }, metric, sources] = await Promise.all([
    getServerTranslation(),
    loadMetric(user.id, key),
    experimentsAdmin().metricCatalog.listSources({ userId: user.id }),
  ]);
  // One in code is changed there.
  if (metric.status === null) redirect(experimentPaths.metric(key));
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader
        title={t("metric_new_version")}
        description={t("metric_new_version_description")}
        trail={[
          { href: experimentPaths.metrics, label: t("metrics") },
          { href: experimentPaths.metric(key), label: metric.name },
        ]}
      />
      <MetricFormView sources={sources} stored={metric} />
    </div>
  );
}
