import { experimentsAdmin } from "@calcom/features/experiments/server";
import { FormPageHeader } from "@calcom/features/experiments-admin/pages/FormPageHeader";
import { MetricFormView } from "@calcom/features/experiments-admin/pages/MetricFormView";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireExperimentsPage } from "@/lib/require-experiments";
import { experimentPaths } from "@/modules/experiments/admin/paths";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("metric_new") };
}

export default async function NewMetricPage() {
  const { user } = await requireExperimentsPage(experimentPaths.newMetric, "edit");
  const [{ t }, sources] = await Promise.all([
    getServerTranslation(),
    experimentsAdmin().metricCatalog.listSources({ userId: user.id }),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader
        title={t("metric_new")}
        description={t("metric_new_description")}
        trail={[{ href: experimentPaths.metrics, label: t("metrics") }]}
      />
      <MetricFormView sources={sources} stored={null} />
    </div>
  );
}
