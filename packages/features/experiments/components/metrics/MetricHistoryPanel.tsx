"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton } from "@calcom/ui";
import type { MetricHistory } from "../../types/metric-views";
import type { Unit } from "../../types/settings";
import { useFigures } from "../analytics/charts/useFigures";
import { useSettled } from "../form/targeting/use-settled";
import { unitCountKeys } from "../shared/words";
import { useMetricsPort } from "./metrics-admin-port";
import { VolumeBars } from "./VolumeBars";

/** What was recorded lately of a metric: how much comes, what its value is, and how much it varies. */
export function MetricHistoryPanel({
  metricKey,
  unit,
  isNamed = false,
}: {
  metricKey: string;
  unit: Unit;
  /** Where no heading says what it is. */
  isNamed?: boolean;
}) {
  const { t } = useLocale();
  const port = useMetricsPort();
  const asked = useSettled(port === null ? null : { key: metricKey, unit }, async ({ key, unit: of }) =>
    port === null ? null : port.history(key, of),
  );
  if (port === null) return null;
  return (
    <section
      aria-label={isNamed ? t("metric_history") : undefined}
      aria-busy={asked.status === "waiting"}
      className="grid min-w-0 grid-cols-1 content-start gap-2 rounded-md border p-3 text-dense aria-busy:min-h-28"
    >
      {asked.status === "failed" ? (
        <p className="text-muted-foreground">{t("metric_history_failed", { reason: asked.message })}</p>
      ) : asked.status === "done" && asked.value !== null ? (
        <HistoryText history={asked.value} />
      ) : (
        <>
          <Skeleton className="h-3 w-1/3" />
          <Skeleton className="h-3 w-2/3" />
          <Skeleton className="h-3 w-1/2" />
        </>
      )}
    </section>
  );
}

function HistoryText({ history }: { history: MetricHistory }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { days, baseline, measured, unit, asOf } = history;
  const deviation = baseline?.deviation ?? null;
  const rows = days?.reduce((sum, day) => sum + day.rows, 0) ?? 0;
  const perWeek = days === null ? 0 : Math.round((rows * 7) / days.length);
  return (
    <>
      <dl className="grid min-w-0 grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-3">
        <Fact label={t("metric_history_volume")}>
          {days === null
            ? t("metric_history_not_counted")
            : t("metric_history_per_week", { count: perWeek, formatted: figures.count(perWeek) })}
        </Fact>
        <Fact label={t("metric_history_baseline")}>
          {baseline === null || measured === null
            ? t("metric_history_no_baseline")
            : figures.value(baseline.value, measured)}
        </Fact>
        {deviation !== null && measured !== null && (
          <Fact label={t("metric_history_deviation")}>{figures.value(deviation, measured)}</Fact>
        )}
      </dl>
      {days !== null && rows > 0 && <VolumeBars days={days} />}
      <p className="text-pretty text-muted-foreground text-xs">
        {baseline !== null &&
          `${t("metric_history_precedent", {
            participants: t(unitCountKeys[unit], {
              count: baseline.subjects,
              formatted: figures.count(baseline.subjects),
            }),
            name: baseline.precedent.name,
          })} `}
        {t("metric_history_as_of", { moment: figures.moment(asOf) })}
      </p>
    </>
  );
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="wrap-anywhere tabular-nums">{children}</dd>
    </div>
  );
}
