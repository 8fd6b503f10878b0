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

/** Standard errors by which a denominator that may have either sign has to be clear of 0. */
export const CLEAR_OF_ZERO = 3;

/**
 * Why there is no ratio to speak of. Denominators of both signs may nearly cancel, and then the ratio is anything: nearer
 * to 0 than three standard errors, 7 to 16 % of tests found a difference where there was none. Those that are never
 * negative cannot cancel; few of them are few units, with the degrees of freedom of few.
 */
export function denominatorFault(n: number, { mean, m2, min }: Moments): "zero" | "near_zero" | null {
  if (mean === 0 && m2 === 0) return "zero";
  const isSigned = min === undefined || min < 0;
  const error = Math.sqrt(m2 / (n - 1) / n);
  return isSigned && !(Math.abs(mean) >= CLEAR_OF_ZERO * error) ? "near_zero" : null;
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
  if (denominatorFault(n, denominator) !== null) return null;
  const estimate = ratioEstimate(n, numerator, denominator, comoment);
  if (estimate === null) return null;
  const square = denominator.mean ** 2;
  const effectiveN = (n * square) / (square + denominator.m2 / n);
  const df = Math.max(1, effectiveN - 1);
  const jackknife = Math.max(1, ((n - 1) / n) * (effectiveN / df) ** 2);
  return { n, effectiveN, estimate: raisedTo(estimate, estimate.variance * jackknife, df) };
}
