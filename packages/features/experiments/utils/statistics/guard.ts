import { type Estimate, raisedTo } from "./welch";

/** What one variant shows in one epoch: its units and the value with its variance. */
export interface Shown {
  n: number;
  estimate: Estimate;
}

/**
 * The estimates with the guard of this engine: only the largest variant may vary less than all of them together. Few
 * units that have hardly acted show hardly any variance (160 of which none pays: 0), and an interval made from it would
 * be sure of what nothing has shown yet. The pooled variance per unit is what the score test takes for rates; this is
 * the same for means, ratios and adjusted values.
 *
 * In the order given. Variants of the same size guard each other's variance by their numbers, so none is raised.
 */
export function guardVariances(shown: readonly Shown[]): Estimate[] {
  const largest = Math.max(...shown.map(({ n }) => n));
  const pooled = pooledVariance(shown);
  return shown.map(({ n, estimate }) => {
    const least = pooled.perUnit / n;
    return n === largest || estimate.variance >= least ? estimate : raisedTo(estimate, least, pooled.df);
  });
}

/**
 * The same guard for the score method, which pools by itself and forgets what the smaller variant showed: what a unit of
 * this one varies at least. With one conversion expected there, three would be sure of a difference in 8 % of A/A tests.
 */
export function leastBeside(one: Shown, other: Shown): number {
  return one.n < other.n ? one.n * one.estimate.variance : 0;
}

/** Within the variants, so that a real difference between them is not taken for noise. */
function pooledVariance(shown: readonly Shown[]): { perUnit: number; df: number } {
  let [sum, df] = [0, 0];
  for (const { n, estimate } of shown) {
    sum += (n - 1) * n * estimate.variance;
    df += n - 1;
  }
  return { perUnit: df > 0 ? sum / df : 0, df };
}
