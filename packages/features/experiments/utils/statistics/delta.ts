import type { Moments } from "./types";
import { type Estimate, estimateOf } from "./welch";

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
  const residuals = numerator.m2 - 2 * ratio * comoment + ratio * ratio * denominator.m2;
  return estimateOf(n, ratio, Math.max(0, residuals) / (denominator.mean * denominator.mean));
}
