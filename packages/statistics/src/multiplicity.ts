// Each interval has the level at which its hypothesis was tested, so that it excludes 0 exactly if the adjusted p is at
// most alpha. The level is never below 1 − alpha.

export interface Adjusted {
  p: number[];
  /** For each interval: its confidence is 1 − this. */
  alphas: number[];
}

/** Holm's step-down: any false rejection among `m` planned comparisons with chance alpha at most. */
export function holm(ps: readonly number[], m: number, alpha: number): Adjusted {
  const planned = Math.max(m, ps.length);
  const adjusted: Adjusted = { p: ps.map(() => 1), alphas: ps.map(() => alpha) };
  let largest = 0;
  let asked = alpha / Math.max(1, planned);
  let isStopped = false;
  let last: number | undefined;
  for (const [rank, index] of order(ps).entries()) {
    largest = Math.max(largest, Math.min(1, (planned - rank) * (ps[index] ?? 1)));
    adjusted.p[index] = largest;
    // After the first that is not rejected, all others keep its level; ties share one level.
    if (!isStopped && ps[index] !== last) asked = alpha / (planned - rank);
    last = ps[index];
    adjusted.alphas[index] = asked;
    isStopped ||= largest > alpha;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg 1995: the share of false ones among the rejected is alpha at most. The level is that of
 * Benjamini and Yekutieli's false coverage rate (2005), and one for all.
 */
export function benjaminiHochberg(ps: readonly number[], alpha: number): Adjusted {
  const adjusted: Adjusted = { p: ps.map(() => 1), alphas: [] };
  let smallest = 1;
  let rejected = 0;
  const ranked = order(ps);
  for (let rank = ranked.length; rank >= 1; rank--) {
    const index = ranked[rank - 1] ?? 0;
    smallest = Math.min(smallest, ((ps[index] ?? 1) * ps.length) / rank);
    adjusted.p[index] = smallest;
    if (smallest <= alpha) rejected = Math.max(rejected, rank);
  }
  const level = (alpha * Math.max(1, rejected)) / Math.max(1, ps.length);
  adjusted.alphas = ps.map(() => level);
  return adjusted;
}

function order(ps: readonly number[]): number[] {
  return ps.map((_, index) => index).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1) || a - b);
}
