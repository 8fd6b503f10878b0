import betainc from "@stdlib/math-base-special-betainc";
import quantile from "@stdlib/stats-base-dists-beta-quantile";

// The engine integrates posteriors and needs no tail of a beta distribution. The reference cases do, to hold the library
// beneath Student's t to them; beyond a + b of 1e8 it loses digits.

/** Chance that Beta(a, b) stays at or below x. */
export function betaCdf(x: number, a: number, b: number): number {
  return betainc(x, a, b);
}

/** Chance that Beta(a, b) exceeds x. */
export function betaSf(x: number, a: number, b: number): number {
  return betainc(x, a, b, true, true);
}

/** What Beta(a, b) stays below with chance p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return quantile(p, a, b);
}
