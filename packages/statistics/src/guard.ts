import { type Estimate, raisedTo } from "./welch";

/** What one variant shows in one epoch. */
export interface Shown {
  n: number;
  /** Units that know as much each: fewer than there are where units of a ratio weigh differently. */
  effectiveN: number;
  estimate: Estimate;
}

export interface Guarded {
  estimate: Estimate;
  /** The variance below which that of the estimate must not lie; 0 for the largest variant and those as large. */
  least: number;
}

/**
 * Of a variant with at least this share of the largest one's units, both know as much of how they vary. Raising the one
 * that chance left a few units short would cost power at 50/50 and guard against nothing.
 */
const AS_LARGE = 0.8;

/**
 * The estimates with the guard of this engine: no smaller variant may vary less than all of them together. Few
 * units that have hardly acted show hardly any variance (160 of which none pays: 0), and an interval made from it would
 * be sure of what nothing has shown yet. The pooled variance per unit is what the score test takes for rates; this is
 * the same for means, ratios and adjusted values.
 *
 * @returns in the order given
 */
export function guardVariances(shown: readonly Shown[]): Guarded[] {
  const largest = Math.max(...shown.map(({ n }) => n));
  const pooled = poolVariances(shown);
  return shown.map(({ n, effectiveN, estimate }) => {
    if (!isSmaller(n, largest)) return { estimate, least: 0 };
    const least = pooled / effectiveN;
    if (estimate.variance >= least) return { estimate, least };
    // With the few degrees of freedom of its own: no more is known of it than before, so nothing jumps where they meet.
    return { estimate: raisedTo(estimate, least, freedomOf(effectiveN)), least };
  });
}

/**
 * The same guard for the score method, which pools by itself and forgets what the smaller variant showed: what a unit of
 * this one varies at least. With one conversion expected there, three would be sure of a difference in 8 % of A/A tests.
 */
export function leastBeside(one: Shown, other: Shown): number {
  return isSmaller(one.n, other.n) ? one.effectiveN * one.estimate.variance : 0;
}

function isSmaller(units: number, largest: number): boolean {
  return units < AS_LARGE * largest;
}

/** Per unit and within the variants, so that a real difference between them is not taken for noise. */
function poolVariances(shown: readonly Shown[]): number {
  let [sum, df] = [0, 0];
  for (const { effectiveN, estimate } of shown) {
    const own = freedomOf(effectiveN);
    sum += own * effectiveN * estimate.variance;
    df += own;
  }
  return sum / df;
}

function freedomOf(effectiveN: number): number {
  return Math.max(1, effectiveN - 1);
}
