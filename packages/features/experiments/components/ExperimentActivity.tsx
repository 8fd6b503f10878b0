"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import { DownloadIcon } from "lucide-react";
import type { AuditEntry } from "../types/activity";
import type { HostId } from "../types/host-id";
import { ActivityEntry } from "./activity/ActivityEntry";
import { type ActivityFilter, ActivityFilters } from "./activity/ActivityFilters";
import { Days } from "./shared/Days";

export type { AuditEntry, AuditPage } from "../types/activity";
export { type ActivityFilter, NO_FILTER } from "./activity/ActivityFilters";
export { startOfDay } from "./shared/local-time";

export type ActivityState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | {
      status: "ready";
      entries: AuditEntry[];
      actors: { id: HostId; name: string | null }[];
      hasMore: boolean;
      isLoadingMore: boolean;
      isOutdated: boolean;
    };

export interface ExperimentActivityProps {
  filter: ActivityFilter;
  onFilterChange: (change: Partial<ActivityFilter>) => void;
  state: ActivityState;
  onLoadMore: () => void;
  onExport: () => void;
  isExporting: boolean;
  /** Where an experiment's page is; without it the entries are all of one. */
  hrefOf?: (slug: string) => string;
  /** Where a metric's page is. */
  metricHrefOf?: (key: string) => string;
}

const ROWS = ["a", "b", "c", "d"];

/** Who has changed what, and when: the latest first. */
export function ExperimentActivity(props: ExperimentActivityProps) {
  const { filter, onFilterChange, state, onExport, isExporting } = props;
  const { t } = useLocale();
  return (
    <div className="grid gap-4">
      <ActivityFilters
        filter={filter}
        onFilterChange={onFilterChange}
        actors={state.status === "ready" ? state.actors : []}
      >
        <Button
          variant="outline"
          className="max-sm:ms-auto lg:ms-auto"
          loading={isExporting}
          onClick={onExport}
        >
          <DownloadIcon />
          <span className="max-sm:sr-only">{t("activity_export")}</span>
        </Button>
      </ActivityFilters>
      <Entries {...props} />
    </div>
  );
}

function Entries(props: ExperimentActivityProps) {
  const { state, filter, onFilterChange, onLoadMore, hrefOf, metricHrefOf } = props;
  const { t } = useLocale();
  if (state.status === "loading")
    return (
      <div role="status" aria-label={t("activity_loading")} className="grid">
        <div className="border-b pb-2">
          <Skeleton className="h-3 w-28" />
        </div>
        {ROWS.map((row) => (
          <div key={row} className="grid gap-2 border-b py-3">
            <Skeleton className="h-3.5 w-56" />
            <Skeleton className="h-3 w-80 max-w-full" />
          </div>
        ))}
      </div>
    );
  if (state.status === "error")
    return (
      <ErrorState
        title={t("activity_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  if (state.entries.length === 0)
    return <EmptyState title={t("activity_none")} description={t("activity_none_description")} />;
  return (
    <>
      <div aria-busy={state.isOutdated} className="grid gap-6 transition-opacity aria-busy:opacity-60">
        <Days entries={state.entries} level="h2">
          {(entry) => (
            <ActivityEntry
              key={entry.id}
              entry={entry}
              {...(hrefOf && { hrefOf })}
              {...(metricHrefOf && { metricHrefOf })}
              {...(hrefOf &&
                filter.experiment === null && {
                  onNarrow: (experiment) => onFilterChange({ experiment }),
                })}
            />
          )}
        </Days>
      </div>
      {state.hasMore && (
        <Button variant="outline" className="w-fit" loading={state.isLoadingMore} onClick={onLoadMore}>
          {t("show_more")}
        </Button>
      )}
    </>
  );
}
