import type { OutcomeRow } from "../results/outcomes-sql";
import type { PlanInput } from "../utils/statistics/planner";

export interface Baseline {
  /** The present value: a rate, a mean or a ratio. */
  value: number;
  subjects: number;
  input: PlanInput["metric"];
}

/**
 * Computes a metric's present value from the `[y, x]` of each subject, null for subjects that did nothing. A ratio of
 * sums is planned as a mean of y − R·x over the mean of x (delta method). Null if no plan can rest on it.
 */
export function baselineOf(
  kind: "conversion" | "mean" | "ratio",
  rows: readonly OutcomeRow[],
  index: number,
): Baseline | null {
  const n = rows.length;
  if (n < FEWEST) return null;
  const pairs = rows.map(({ outcomes }) => outcomes[index] ?? NOTHING);
  if (kind === "conversion") {
    const rate = pairs.filter(([y]) => y > 0).length / n;
    return rate > 0 && rate < 1
      ? { value: rate, subjects: n, input: { kind: "rate", baseline: rate } }
      : null;
  }
  const meanX = kind === "ratio" ? mean(pairs.map(([, x]) => x)) : 1;
  if (!(meanX > 0)) return null;
  const value = mean(pairs.map(([y]) => y)) / meanX;
  const spread = pairs.map(([y, x]) => (kind === "ratio" ? (y - value * x) / meanX : y - value));
  const sd = Math.sqrt(spread.reduce((sum, one) => sum + one * one, 0) / (n - 1));
  if (value === 0 || !(sd > 0)) return null;
  return { value, subjects: n, input: { kind: "mean", mean: value, sd } };
}

/** With fewer subjects the value would say little about the next ones. */
const FEWEST = 100;
const NOTHING = [0, 0] as const;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
