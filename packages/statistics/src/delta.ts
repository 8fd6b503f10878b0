import type { Shown } from "./guard";
import { residualSquares } from "./rounding";
import type { Moments } from "./types";
import { type Estimate, estimateOf, raisedTo } from "./welch";

/**
 * A ratio of sums, such as revenue per booking or, where teams were randomised, the outcome per member: the delta method
 * on what each unit adds beyond its share (Deng, Knoblich and Lu 2018, section 3). The unit is the one randomised.
 * Null where the denominators sum to 0.
 */
export function ratioEstimate(
  n: number,
  numerator: Moments,
  denominator: Moments,
  comoment: number,
): Estimate | null {
  if (denominator.mean === 0) return null;
  const ratio = numerator.mean / denominator.mean;
  const residuals = residualSquares(n, { y: numerator, x: denominator, comoment }, ratio);
  return estimateOf(n, ratio, residuals / (denominator.mean * denominator.mean));
}

/**
 * The same for a comparison. Units with large denominators weigh more, so there are fewer of them in effect: k / (1 + cv²),
 * with the coefficient of variation of the denominators (Kish 1965; Carter, Schnepel and Steigerwald 2017 for clusters).
 * The residuals are smaller for the ratio that was fitted to them, which the jackknife's variance (CR3 of clusters) makes
 * good, and t has that many degrees of freedom less one.
 */
export function ratioShown(
  n: number,
  numerator: Moments,
  denominator: Moments,
  comoment: number,
): Shown | null {
  const estimate = ratioEstimate(n, numerator, denominator, comoment);
  if (estimate === null) return null;
  const square = denominator.mean ** 2;
  const effectiveN = (n * square) / (square + denominator.m2 / n);
  const df = Math.max(1, effectiveN - 1);
  const jackknife = ((n - 1) / n) * (effectiveN / df) ** 2;
  return { n, effectiveN, estimate: raisedTo(estimate, estimate.variance * jackknife, df) };
}
