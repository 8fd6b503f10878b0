import type { Analysis, MetricResult } from "@calcom/statistics";
import type { MetricInfo, StoredResult } from "../../results/types";
import { differenceText } from "../analytics/change-words";
import { conclusionOf } from "../analytics/conclusions";
import { liftBounds } from "../analytics/lift-words";
import { metricColumns } from "../analytics/metric-columns";
import { liftReasonText, reasonText } from "../analytics/reason-words";
import type { Words } from "../analytics/words";
import { controlFirst } from "../shared/variant-order";
import { type ReportBlock, COLUMN_SHARES as SHARES } from "./document";

interface Around {
  result: StoredResult;
  analysis: Analysis;
  words: Words;
}

export function metricTable(metric: MetricResult, info: MetricInfo, around: Around): ReportBlock {
  const { result, words } = around;
  const { t, figures } = words;
  const columns = metricColumns(info, result.unit, t);
  const isRate = metric.arms.some(({ conversions }) => conversions !== null);
  const { direction, minimumEffect } = metric.metric;
  const rows = controlFirst(
    result.variants.map((name) => ({ name })),
    result.control,
  );
  return {
    kind: "table",
    title: `${words.nameOf(info.key)} · ${t(`results_role_${info.role}`)}`,
    note: [
      t(direction === "increase" ? "results_more_is_better" : "results_less_is_better"),
      ...(minimumEffect === null
        ? []
        : [t("results_matters_from", { effect: figures.percentage(100 * minimumEffect) })]),
    ].join(" · "),
    columns: [
      { label: t("experiment_variant"), isNumeric: false, share: SHARES.variant },
      { label: columns.participants.label, isNumeric: true, share: SHARES.count },
      ...(isRate ? [{ label: columns.conversions.label, isNumeric: true, share: SHARES.more }] : []),
      // Where there are no conversions, the value has their room: its figures stand at the same place.
      { label: columns.value.label, isNumeric: true, share: SHARES.value + (isRate ? 0 : SHARES.more) },
      { label: columns.lift.label, isNumeric: false, share: SHARES.effect },
    ],
    rows: rows.map(({ name }) => {
      const arm = metric.arms.find(({ variant }) => variant === name);
      return [
        name,
        figures.count(arm?.units ?? 0),
        ...(isRate ? [figures.count(arm?.conversions ?? 0)] : []),
        arm === undefined || arm.value === null ? "–" : figures.value(arm.value, info),
        name === result.control ? t("results_is_control") : effectText(metric, info, name, around),
      ];
    }),
  };
}

function effectText(
  metric: MetricResult,
  info: MetricInfo,
  name: string,
  { analysis, words }: Around,
): string {
  const comparison = metric.comparisons.find(({ variant }) => variant === name);
  if (comparison === undefined) return "–";
  if (comparison.status === "withheld") return reasonText(comparison.reason, words);
  const { t, figures } = words;
  const said = t(`results_outcome_${conclusionOf(analysis, metric, comparison)}`);
  const { lift } = comparison;
  if (lift.value !== null)
    return `${figures.lift(lift.value)} (${liftBounds(comparison, figures.lift)}), ${said}`;
  const reason = lift.reason === null ? "" : ` ${liftReasonText(lift.reason, t)}`;
  return `${differenceText(comparison, info, words)}, ${said}.${reason}`;
}
