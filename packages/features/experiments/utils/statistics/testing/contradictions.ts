import type { Compared, ExperimentResult, Interval, MetricResult } from "../results-types";

/** Nearer than rounding to the level: neither side can be held to it. */
const ROUNDING = 1e-9;

/** Where a result at its first look disagrees with itself, in words; empty where it does not. */
export function contradictionsOf({ metrics, verdict }: ExperimentResult): string[] {
  const found = metrics.flatMap((metric) => contradictionsOfMetric(metric));
  const outcomes = metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ comparisons }) =>
      comparisons.map((one) => (one.status === "compared" ? one.outcome : "withheld")),
    );
  const isSaid = (code: "better" | "worse") => verdict.code === code || verdict.code === "mixed";
  if (isSaid("better") && !outcomes.includes("better"))
    found.push("The verdict is better, and no interval is.");
  if (isSaid("worse") && !outcomes.includes("worse")) found.push("The verdict is worse, and no interval is.");
  if (
    ["keep_going", "no_clear_difference", "no_difference_that_matters", "no_longer_clear"].includes(
      verdict.code,
    )
  ) {
    if (outcomes.some((one) => one === "better" || one === "worse")) {
      found.push("The verdict knows no difference, and an interval does.");
    }
  }
  return [...found, ...numbersThatAreNone(metrics)];
}

export function contradictionsOfMetric({ metric, comparisons }: MetricResult): string[] {
  return comparisons.flatMap((one) =>
    one.status === "compared"
      ? contradictionsOfComparison(one).map((words) => `${metric.id}/${one.variant}: ${words}`)
      : [],
  );
}

function contradictionsOfComparison(one: Compared): string[] {
  const { interval, lift, pNow, difference, isSignificant, outcome } = one;
  const alpha = 1 - interval.level;
  if (Math.abs(pNow - alpha) < ROUNDING) return [];
  const side = sideOf(interval);
  const found: string[] = [];
  if (interval.level < 0.95 - ROUNDING) found.push("the interval is narrower than promised");
  if ((side !== 0) !== pNow <= alpha) found.push(`p ${pNow} and the interval disagree at ${alpha}`);
  if (!isWithin(difference, interval)) found.push("the interval leaves out its own estimate");
  if (lift.interval !== null) {
    if (sideOf(lift.interval) !== side) found.push("the lift and the difference disagree");
    if (lift.interval.level !== interval.level) found.push("the lift is said at another level");
    if (lift.value !== null && !isWithin(lift.value, lift.interval))
      found.push("the lift is outside its interval");
  }
  if (isSignificant !== (outcome !== "unclear"))
    found.push("what is significant has no side, or the reverse");
  return found;
}

function sideOf({ low, high }: Interval): number {
  return low !== null && low > 0 ? 1 : high !== null && high < 0 ? -1 : 0;
}

function isWithin(value: number, { low, high }: Interval): boolean {
  return (low === null || value >= low - 1e-12) && (high === null || value <= high + 1e-12);
}

/** JSON makes null of NaN and Infinity without a word. */
function numbersThatAreNone(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersThatAreNone(inner, `${path}.${key}`));
}
