import { normalIsf } from "./dist";

/**
 * The interval of one rate by Wilson's score (Brown, Cai and DasGupta 2001, section 3.1.1). Counts need not be whole,
 * for a rate over epochs comes with effective ones. Exactly 0 and 1 at the ends.
 */
export function wilson(conversions: number, n: number, alpha: number): { low: number; high: number } {
  const z = normalIsf(alpha / 2);
  const rate = conversions / n;
  const square = (z * z) / n;
  const centre = rate + square / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / n + square / (4 * n));
  return {
    low: conversions <= 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    high: conversions >= n ? 1 : Math.min(1, (centre + half) / (1 + square)),
  };
}
