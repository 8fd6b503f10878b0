import type { Estimate } from "./welch";

/**
 * The interval of (treatment − control) / |control| by Fieller (1954; Franz 2007, arXiv 0710.2024), with the multiplier
 * of the difference: it excludes 0 exactly where the difference's does. Null where g ≥ 1, for then control may be 0 and
 * no bounded interval has the promised confidence.
 */
export function fieller(
  control: Pick<Estimate, "value" | "variance">,
  treatment: Pick<Estimate, "value" | "variance">,
  multiplier: number,
): { low: number; high: number } | null {
  const square = control.value * control.value;
  const g = (multiplier * multiplier * control.variance) / square;
  if (!(g < 1)) return null;
  const ratio = treatment.value / control.value;
  const half =
    (multiplier / Math.abs(control.value)) *
    Math.sqrt(ratio * ratio * control.variance + (1 - g) * treatment.variance);
  const low = (ratio - half) / (1 - g);
  const high = (ratio + half) / (1 - g);
  // Below 0, more is a smaller magnitude: the lift is relative to the magnitude.
  return control.value > 0 ? { low: low - 1, high: high - 1 } : { low: 1 - high, high: 1 - low };
}
