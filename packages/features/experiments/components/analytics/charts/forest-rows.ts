import type { Analysis, Comparison, MetricResult } from "@calcom/statistics";
import type { MetricInfo, StoredResult } from "../../../results/types";
import { type Conclusion, conclusionOf } from "../conclusions";
import { type ChartVariant, orderedVariants } from "./ordered-variants";

/** Metrics that were not registered at the start stand last, whatever their role. */
export const FOREST_GROUPS = ["primary", "secondary", "guardrail", "exploratory"] as const;
export type ForestGroup = (typeof FOREST_GROUPS)[number];

/** One variant on one metric, against control. */
export interface ForestRow {
  group: ForestGroup;
  metric: MetricResult["metric"];
  info: MetricInfo;
  variant: ChartVariant;
  comparison: Comparison;
  /** What the page says of it; null where it is not compared. */
  conclusion: Conclusion | null;
}

/** Every comparison of the experiment, in the order of the page. */
export function forestRows(result: StoredResult): ForestRow[] {
  const { analysis } = result;
  if (analysis === null) return [];
  const variants = orderedVariants(result).slice(1);
  const rows = analysis.metrics.flatMap((metric) => rowsOf(metric, analysis, result, variants));
  return FOREST_GROUPS.flatMap((group) => rows.filter((row) => row.group === group));
}

function rowsOf(
  metric: MetricResult,
  analysis: Analysis,
  { metrics }: StoredResult,
  variants: readonly ChartVariant[],
): ForestRow[] {
  const info = metrics.find(({ key }) => key === metric.metric.id);
  if (info === undefined) return [];
  return variants.flatMap((variant) => {
    const comparison = metric.comparisons.find((one) => one.variant === variant.name);
    if (comparison === undefined) return [];
    const conclusion = comparison.status === "compared" ? conclusionOf(analysis, metric, comparison) : null;
    return [{ group: groupOf(info), metric: metric.metric, info, variant, comparison, conclusion }];
  });
}

function groupOf({ role, isChosenAfterStart }: MetricInfo): ForestGroup {
  return isChosenAfterStart ? "exploratory" : role;
}
