import type { Analysis, Comparison, MetricResult } from "@calcom/statistics";
import { findImpact, readTraffic } from "../../results/impact";
import type { MetricInfo, StoredResult } from "../../results/types";
import { differenceText } from "../analytics/change-words";
import type { Scale } from "../analytics/charts/scale";
import { conclusionOf } from "../analytics/conclusions";
import { impactInRow } from "../analytics/impact-words";
import { barColor, levelsText, liftRange } from "../analytics/lift-words";
import { metricColumns } from "../analytics/metric-columns";
import { liftReasonText, reasonText } from "../analytics/reason-words";
import type { Words } from "../analytics/words";
import { controlFirst } from "../shared/variant-order";
import { type ReportColumn, type ReportPlot, type ReportTable, COLUMN_SHARES as SHARES } from "./document";

interface Around {
  result: StoredResult;
  analysis: Analysis;
  words: Words;
  /** Of all intervals of the report. */
  scale: Scale;
  /** Whether any table of the report tells an effect per month: the room for it is kept in all of them. */
  hasMonth: boolean;
}

export function metricTable(metric: MetricResult, info: MetricInfo, around: Around): ReportTable {
  const { result, analysis, words, scale, hasMonth } = around;
  const { t, figures } = words;
  const { direction, minimumEffect, kind } = metric.metric;
  const traffic = readTraffic(result);
  const rows = controlFirst(
    result.variants.map((name) => ({ name })),
    result.control,
  ).map(({ name }) => {
    const comparison = metric.comparisons.find(({ variant }) => variant === name);
    return {
      name,
      arm: metric.arms.find(({ variant }) => variant === name),
      comparison,
      impact: comparison === undefined ? null : findImpact(kind, comparison, traffic),
    };
  });
  const isRate = metric.arms.some(({ conversions }) => conversions !== null);
  const hasImpact = tellsImpact(metric, result);
  const columns = columnsOf(metric, info, { isRate, hasImpact, hasMonth }, words);
  return {
    kind: "table",
    title: `${words.nameOf(info.key)} · ${t(`results_role_${info.role}`)}`,
    note: [
      t(direction === "increase" ? "results_more_is_better" : "results_less_is_better"),
      ...(minimumEffect === null
        ? []
        : [t("results_matters_from", { effect: figures.percentage(100 * minimumEffect) })]),
    ].join(" · "),
    columns,
    rows: rows.map(({ name, arm, comparison, impact }) => [
      name,
      figures.count(arm?.units ?? 0),
      ...(isRate ? [figures.count(arm?.conversions ?? 0)] : []),
      arm === undefined || arm.value === null ? "–" : figures.value(arm.value, info),
      name === result.control ? t("results_is_control") : effectText(metric, info, comparison, around),
      ...(hasImpact ? [impact === null ? "–" : impactInRow(impact, info, words)] : []),
    ]),
    plot: {
      column: columns.length - (hasImpact ? 2 : 1),
      scale,
      lifts: rows.map(({ comparison }) => drawn(metric, comparison, analysis, words)),
    },
  };
}

/** Whether an effect per month is told of any of its variants. */
export function tellsImpact({ metric, comparisons }: MetricResult, result: StoredResult): boolean {
  const traffic = readTraffic(result);
  return comparisons.some((comparison) => findImpact(metric.kind, comparison, traffic) !== null);
}

/** What is not there has its room taken by its neighbour, or kept: figures and axes stand at the same place in every table. */
function columnsOf(
  metric: MetricResult,
  info: MetricInfo,
  { isRate, hasImpact, hasMonth }: { isRate: boolean; hasImpact: boolean; hasMonth: boolean },
  { t, figures, unit }: Words,
): ReportColumn[] {
  const columns = metricColumns(info, unit, t);
  const level = levelsText(metric.comparisons, figures);
  const lift = level === null ? columns.lift.label : t("report_lift_interval", { level });
  return [
    { label: t("experiment_variant"), isNumeric: false, share: SHARES.variant },
    { label: columns.participants.label, isNumeric: true, share: SHARES.count },
    ...(isRate ? [{ label: columns.conversions.label, isNumeric: true, share: SHARES.more }] : []),
    { label: columns.value.label, isNumeric: true, share: SHARES.value + (isRate ? 0 : SHARES.more) },
    { label: lift, isNumeric: false, share: SHARES.effect + (hasMonth ? 0 : SHARES.month) },
    ...(hasImpact ? [{ label: t("report_per_month"), isNumeric: false, share: SHARES.month }] : []),
  ];
}

function effectText(
  metric: MetricResult,
  info: MetricInfo,
  comparison: Comparison | undefined,
  { analysis, words }: Around,
): string {
  if (comparison === undefined) return "–";
  if (comparison.status === "withheld") return reasonText(comparison.reason, words);
  const { t, figures } = words;
  const said = t(`results_outcome_${conclusionOf(analysis, metric, comparison)}`);
  const { lift } = comparison;
  if (lift.value !== null) return `${figures.lift(lift.value)} (${liftRange(comparison, words)}), ${said}`;
  const reason = lift.reason === null ? "" : ` ${liftReasonText(lift.reason, t)}`;
  return `${differenceText(comparison, info, words)}, ${said}.${reason}`;
}

function drawn(
  metric: MetricResult,
  comparison: Comparison | undefined,
  analysis: Analysis,
  words: Words,
): ReportPlot["lifts"][number] {
  if (comparison?.status !== "compared" || comparison.lift.value === null) return null;
  return {
    lift: comparison.lift.value,
    interval: comparison.lift.interval,
    zone: metric.metric.minimumEffect,
    color: barColor(conclusionOf(analysis, metric, comparison), words),
  };
}
