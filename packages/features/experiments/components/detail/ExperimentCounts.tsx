"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import { CountsTable } from "./CountsTable";
import type { ExperimentStatsState } from "./stats-state";

interface ExperimentCountsProps {
  experiment: ExperimentDetail;
  state: ExperimentStatsState;
}

/** Counts per variant, and no comparison: whether a difference means anything is for the statistics to say. */
export function ExperimentCounts({ experiment, state }: ExperimentCountsProps) {
  const { t } = useLocale();
  if (experiment.status === "draft" && experiment.assignments === 0)
    return (
      <EmptyState title={t("experiment_not_started")} description={t("experiment_not_started_description")} />
    );
  if (state.status === "error")
    return (
      <ErrorState
        title={t("experiment_counts_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  if (state.status === "loading") return <CountsSkeleton rows={experiment.variants.length} />;
  return <CountsTable experiment={experiment} stats={state.stats} />;
}

function CountsSkeleton({ rows }: { rows: number }) {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("experiment_counts_loading")} className="grid">
      {Array.from({ length: rows + 2 }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-[35px] items-center border-b">
          <Skeleton className="h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
