import type { PlanInput } from "@calcom/statistics";
import type { OutcomeRow } from "../../results/recount/outcomes-sql";
import type { MetricKind } from "../../types/metric-kind";

export interface Baseline {
  /** The present value: a rate, a mean or a ratio. */
  value: number;
  subjects: number;
  input: PlanInput["metric"];
  /** Share of the variance that is explained by what was known of the subjects before; 0 where the metric asks for nothing. */
  varianceReduction: number;
}

/**
 * Computes a metric's present value from the `[y, x]` of each subject, null for subjects that did nothing. `x` is the
 * denominator of a ratio, and otherwise what was known before. A ratio of sums is planned as a mean of y − R·x over the
 * mean of x (delta method). Null if no plan can rest on it.
 */
export function measureBaseline(
  kind: MetricKind,
  rows: readonly Pick<OutcomeRow, "outcomes">[],
  index: number,
): Baseline | null {
  const n = rows.length;
  if (n < FEWEST) return null;
  const pairs = rows.map(({ outcomes }) => outcomes[index] ?? NOTHING);
  switch (kind) {
    case "conversion":
      return rateBaseline(pairs);
    case "mean": {
      const value = average(pairs.map(([y]) => y));
      const spread = pairs.map(([y]) => y - value);
      return meanBaseline(value, spread, measureExplained(pairs));
    }
    case "ratio": {
      const meanX = average(pairs.map(([, x]) => x));
      if (!(meanX > 0)) return null;
      const value = average(pairs.map(([y]) => y)) / meanX;
      const spread = pairs.map(([y, x]) => (y - value * x) / meanX);
      return meanBaseline(value, spread, 0);
    }
  }
}

function rateBaseline(pairs: readonly Pair[]): Baseline | null {
  const rate = pairs.filter(([y]) => y > 0).length / pairs.length;
  if (!(rate > 0 && rate < 1)) return null;
  const varianceReduction = measureExplained(pairs.map(([y, x]) => [y > 0 ? 1 : 0, x]));
  return { value: rate, subjects: pairs.length, input: { kind: "rate", baseline: rate }, varianceReduction };
}

function meanBaseline(value: number, spread: readonly number[], varianceReduction: number): Baseline | null {
  const subjects = spread.length;
  const sd = Math.sqrt(spread.reduce((sum, one) => sum + one * one, 0) / (subjects - 1));
  if (value === 0 || !(sd > 0)) return null;
  return { value, subjects, input: { kind: "mean", mean: value, sd }, varianceReduction };
}

type Pair = readonly [y: number, x: number];

/** With fewer subjects the value would say little about the next ones. */
const FEWEST = 100;
/** A value that is known exactly beforehand needs no subjects, and no plan can be made with it. */
const LARGEST_REDUCTION = 0.99;
const NOTHING = [0, 0] as const;

/** The square of the correlation, which is what CUPED takes away. */
function measureExplained(pairs: readonly Pair[]): number {
  const [my, mx] = [average(pairs.map(([y]) => y)), average(pairs.map(([, x]) => x))];
  let [yy, xx, xy] = [0, 0, 0];
  for (const [y, x] of pairs) {
    yy += (y - my) ** 2;
    xx += (x - mx) ** 2;
    xy += (y - my) * (x - mx);
  }
  return yy > 0 && xx > 0 ? Math.min(LARGEST_REDUCTION, xy ** 2 / (xx * yy)) : 0;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
