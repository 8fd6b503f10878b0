"use client";

import {
  ExperimentMetrics,
  NewMetricButton,
} from "@calcom/features/experiments/components/ExperimentMetrics";
import type { MetricListing } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { PageHeader } from "@calcom/ui";
import { PageTrail } from "./PageTrail";
import { experimentPaths } from "./paths";

export function MetricListView({ metrics }: { metrics: MetricListing[] }) {
  const { t } = useLocale();
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("metrics")}
        description={t("metrics_description")}
        breadcrumbs={
          <PageTrail
            label={t("breadcrumb")}
            links={[{ href: experimentPaths.list, label: t("experiments") }]}
            current={t("metrics")}
          />
        }
        actions={metrics.length > 0 && <NewMetricButton href={experimentPaths.newMetric} />}
      />
      <ExperimentMetrics metrics={metrics} paths={experimentPaths} />
    </div>
  );
}
