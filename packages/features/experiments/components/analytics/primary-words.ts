import type { Compared, MetricResult } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import { differenceText } from "./change-words";
import { levelText, liftRange } from "./lift-words";
import type { Words } from "./words";

/** The metric that decides; undefined where nothing is held against anything. */
export function primaryMetric({ analysis }: StoredResult): MetricResult | undefined {
  return analysis?.metrics.find(({ metric }) => metric.role === "primary" && !metric.isChosenAfterStart);
}

/** What the primary metric did, with its interval and its chance; null where nothing is compared. Several are a table. */
export function primaryText(result: StoredResult, words: Words): string | null {
  const { metric, comparisons = [] } = primaryMetric(result) ?? {};
  const [comparison] = comparisons;
  if (metric === undefined || comparisons.length > 1 || comparison?.status !== "compared") return null;
  return sayOne(metric.id, comparison, words);
}

function sayOne(metric: string, comparison: Compared, words: Words): string {
  const { t, figures, nameOf, measuredBy } = words;
  const { variant, lift, interval, chance } = comparison;
  const isLift = lift.value !== null;
  const beats = chance?.toBeatControl ?? null;
  const liftKey = beats === null ? "results_primary_lift" : "results_primary_lift_chance";
  return t(isLift ? liftKey : "results_primary_difference", {
    variant,
    metric: nameOf(metric),
    lift: figures.lift(lift.value),
    difference: isLift ? "" : differenceText(comparison, measuredBy(metric), words),
    level: levelText(interval.level, figures),
    range: liftRange(comparison, words),
    chance: beats === null ? "" : figures.chance(beats),
  });
}
