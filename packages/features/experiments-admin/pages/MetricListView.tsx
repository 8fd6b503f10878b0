"use client";

import {
  ExperimentMetrics,
  NewMetricButton,
} from "@calcom/features/experiments/components/ExperimentMetrics";
import type { MetricListing, OfferedSource } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { PageHeader } from "@calcom/ui";
import { usePaths } from "../api/host";
import { PageTrail } from "./PageTrail";

interface MetricListViewProps {
  metrics: MetricListing[];
  sources: OfferedSource[];
}

export function MetricListView({ metrics, sources }: MetricListViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("metrics")}
        description={t("metrics_description")}
        breadcrumbs={
          <PageTrail
            label={t("breadcrumb")}
            links={[{ href: paths.list, label: t("experiments") }]}
            current={t("metrics")}
          />
        }
        actions={metrics.length > 0 && <NewMetricButton href={paths.newMetric} />}
      />
      <ExperimentMetrics metrics={metrics} sources={sources} paths={paths} />
    </div>
  );
}
