"use client";

import type { HostId } from "@calcom/features/experiments";
import { ExperimentMetric } from "@calcom/features/experiments/components/ExperimentMetric";
import { MetricsPortProvider } from "@calcom/features/experiments/components/ExperimentPorts";
import type { MetricDetail, OfferedSource } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { PageTrail } from "./PageTrail";
import { useMetricsPort } from "./useMetricsPort";

interface MetricViewProps {
  stored: MetricDetail;
  sources: OfferedSource[];
  userId: HostId;
}

export function MetricView({ stored, sources, userId }: MetricViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  const router = useRouter();
  const { client } = useAdminUtils();
  const port = useMetricsPort();
  const [metric, setMetric] = useState(stored);

  /** Where it cannot be had, the refusal says what happened. */
  async function showPresent(): Promise<void> {
    const now = await client.metrics.get.query({ key: metric.key }).catch(() => null);
    if (now !== null) setMetric(now);
  }

  return (
    <MetricsPortProvider port={port}>
      <ExperimentMetric
        metric={metric}
        sources={sources}
        userId={userId}
        editHref={paths.editMetric(metric.key)}
        detail={paths.detail}
        breadcrumbs={
          <PageTrail
            label={t("breadcrumb")}
            links={[
              { href: paths.list, label: t("experiments") },
              { href: paths.metrics, label: t("metrics") },
            ]}
            current={metric.name}
          />
        }
        onChange={async (change) => {
          try {
            const { key, revision } = metric;
            setMetric(
              await client.metrics.change.mutate({
                key,
                revision: revision ?? 1,
                change,
              }),
            );
            router.refresh();
            return null;
          } catch (error) {
            const refusal = commandRefusal(error, t);
            if (refusal.changed !== undefined) await showPresent();
            return refusal;
          }
        }}
      />
    </MetricsPortProvider>
  );
}
