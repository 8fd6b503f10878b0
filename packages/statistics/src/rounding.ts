import type { Moments } from "./types";

// Sums of squares carry the rounding of the sums they were made from: 1,000 times 49.99 have a variance of some 1e-25, and
// a mean of 49.9899999999999. What is no larger than such rounding can be is no variation. In n additions of the same
// value the sum may be off by n / 2 ulp, always to the same side.

/** Where values are about 1, smaller ones come from products that ran out of digits, and their squares are 0. */
const LEAST = 1e-100;

/** Whether squared deviations from a mean are nothing but the rounding of n values of this size. */
export function isRounding(squares: number, n: number, mean: number): boolean {
  return squares < LEAST || squares <= n * (Math.abs(mean) * roundingOf(n)) ** 2;
}

/** Squared deviations of y − slope × x; 0 where they are but what is left of larger sums that cancel. */
export function residualSquares(
  n: number,
  { y, x, comoment }: { y: Moments; x: Moments; comoment: number },
  slope: number,
): number {
  const [cross, along] = [2 * slope * comoment, slope * slope * x.m2];
  const left = y.m2 - cross + along;
  const size = y.m2 + Math.abs(cross) + along;
  const isNothing =
    left <= size * roundingOf(n) || isRounding(left, n, Math.abs(y.mean) + Math.abs(slope * x.mean));
  return isNothing ? 0 : left;
}

/** By how much, relatively, two values that come from sums of n may differ and be the same. */
export function isSameValue(a: number, b: number, n: number): boolean {
  return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * roundingOf(n);
}

function roundingOf(n: number): number {
  return Number.EPSILON * (n + 4);
}
