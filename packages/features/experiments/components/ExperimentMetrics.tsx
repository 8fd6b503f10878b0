"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Badge,
  Button,
  cn,
  EmptyState,
  SearchInput,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@calcom/ui";
import { PlusIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { MetricListing, OfferedSource } from "../types/metric-views";
import { useMay } from "./ExperimentPermissions";
import { countsText, faultText, metricKindKeys } from "./metrics/metric-words";
import { StatusOfMetric } from "./metrics/StatusOfMetric";
import { ClearFilters } from "./shared/ClearFilters";
import { joined } from "./shared/joined";
import { useFormat } from "./shared/useFormat";

export interface MetricPaths {
  newMetric: string;
  metric: (key: string) => string;
}

export { MetricForm } from "./metrics/MetricForm";
export { emptyMetric, toMetricValues } from "./metrics/metric-form-model";

interface ExperimentMetricsProps {
  metrics: readonly MetricListing[];
  /** By whose names it is said what they count. */
  sources: readonly OfferedSource[];
  paths: MetricPaths;
}

/** What experiments can measure: the metrics that people made, and beside them those in code. */
export function ExperimentMetrics({ metrics, sources, paths }: ExperimentMetricsProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const [search, setSearch] = useState("");
  const [showsArchived, setShowsArchived] = useState(false);
  const archived = metrics.filter(({ status }) => status === "archived").length;
  const listed = showsArchived ? metrics.length : metrics.length - archived;
  const wanted = search.trim().toLowerCase();
  const shown = metrics.filter(
    ({ name, key, status }) =>
      (showsArchived || status !== "archived") &&
      (wanted === "" || `${name} ${key}`.toLowerCase().includes(wanted)),
  );
  if (metrics.length === 0)
    return (
      <EmptyState
        title={t("metrics_empty")}
        description={t("metrics_empty_description")}
        action={<NewMetricButton href={paths.newMetric} />}
      />
    );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label={t("metrics_search")}
          value={search}
          onValueChange={setSearch}
          hasShortcut
          className="w-full sm:w-64"
        />
        {archived > 0 && (
          <Button
            variant="ghost"
            size="sm"
            aria-pressed={showsArchived}
            onClick={() => setShowsArchived(!showsArchived)}
          >
            {t("metrics_show_archived", { count: archived })}
          </Button>
        )}
        <p aria-live="polite" className="ms-auto text-dense text-muted-foreground tabular-nums">
          {shown.length === listed
            ? t("metrics_found", { count: listed, formatted: count(listed) })
            : t("experiments_found_of", { found: count(shown.length), total: count(listed) })}
        </p>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={t("metrics_none_match")}
          description={t("metrics_none_match_description")}
          action={wanted !== "" && <ClearFilters hasSearch hasFilter={false} onClear={() => setSearch("")} />}
        />
      ) : (
        <Table>
          <TableHeader className="max-sm:sr-only">
            <TableRow>
              <TableHead className="pl-0">{t("metric")}</TableHead>
              <TableHead>{t("metric_kind")}</TableHead>
              <TableHead>{t("experiment_status")}</TableHead>
              <TableHead>{t("experiment_owner")}</TableHead>
              <TableHead numeric className="pr-0">
                {t("metric_uses")}
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {shown.map((metric) => (
              <MetricRow
                key={`${metric.key} ${metric.status}`}
                metric={metric}
                sources={sources}
                href={paths.metric(metric.key)}
              />
            ))}
          </TableBody>
        </Table>
      )}
    </div>
  );
}

interface MetricRowProps extends Pick<ExperimentMetricsProps, "sources"> {
  metric: MetricListing;
  href: string;
}

function MetricRow({ metric, sources, href }: MetricRowProps) {
  const { t } = useLocale();
  const format = useFormat();
  const { count } = format;
  const { key, name, kind, status, owner, version, uses, fault } = metric;
  // A query in code is what "defined in code" says already.
  const isToldByOwner = status === null && metric.counts.every((term) => term === null);
  const counts = isToldByOwner ? null : countsText(metric.counts, { t, format, sources });
  return (
    <TableRow className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:py-2.5">
      <TableCell className="pl-0 max-sm:w-full max-sm:p-0">
        <Link href={href} className="wrap-anywhere font-medium hover:underline">
          {name}
        </Link>
        <span className="wrap-anywhere block font-mono text-muted-foreground text-xs">
          {joined([key, version !== null && t("metric_version", { version })])}
        </span>
        {counts !== null && (
          <span className="wrap-anywhere mt-0.5 line-clamp-3 text-muted-foreground text-xs">{counts}</span>
        )}
        {fault !== null && (
          <span className="wrap-anywhere mt-1 flex gap-1.5 text-destructive text-xs">
            <TriangleAlertIcon aria-hidden className="mt-0.5 size-3 shrink-0" />
            {faultText(fault, t)}
          </span>
        )}
      </TableCell>
      <TableCell className="max-sm:p-0">{kind === null ? "–" : t(metricKindKeys[kind])}</TableCell>
      <TableCell className="max-sm:p-0">
        {/* What code defines can be chosen, as what is ready. */}
        <StatusOfMetric status={status ?? "ready"} />
      </TableCell>
      <TableCell
        className={cn(
          "wrap-anywhere max-sm:min-w-0 max-sm:p-0 max-sm:text-muted-foreground",
          owner === null && status !== null && "max-sm:hidden",
        )}
      >
        {status === null ? <Badge variant="muted">{t("metric_in_code")}</Badge> : (owner?.name ?? "–")}
      </TableCell>
      <TableCell numeric className="pr-0 max-sm:p-0 max-sm:text-muted-foreground">
        <span className="sm:hidden">{t("metric_used_by", { count: uses, formatted: count(uses) })}</span>
        <span className="max-sm:hidden">{count(uses)}</span>
      </TableCell>
    </TableRow>
  );
}

export function NewMetricButton({ href }: { href: string }) {
  const { t } = useLocale();
  if (!useMay("edit")) return null;
  return (
    <Button asChild>
      <Link href={href}>
        <PlusIcon />
        {t("metric_new")}
      </Link>
    </Button>
  );
}
