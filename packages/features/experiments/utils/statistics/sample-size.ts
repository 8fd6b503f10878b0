import { normalIsf, normalSf } from "./dist";
import { mixtureMultiplier, mixtureRho } from "./mixture";
import { crossing } from "./roots";
import type { AnalysisMode } from "./types";

export interface Strength {
  mode: AnalysisMode;
  /** Two-sided, of one comparison. */
  alpha: number;
  power: number;
  /** Units of treatment for one of control. */
  ratio: number;
}

/**
 * Units of control needed to tell two rates apart, not rounded. Fixed: Fleiss 1981, as R's power.prop.test. Sequential: to
 * have the verdict by then, so an upper bound; on average it comes earlier.
 */
export function unitsForRates(baseline: number, target: number, strength: Strength): number {
  const { alpha, power, ratio } = strength;
  const pooled = (baseline + ratio * target) / (1 + ratio);
  const apart = Math.sqrt(baseline * (1 - baseline) + (target * (1 - target)) / ratio);
  const together = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio));
  const doubt = strength.mode === "fixed" ? normalIsf(alpha / 2) * together : multiplierAtPlan(alpha) * apart;
  return ((doubt + normalIsf(1 - power) * apart) / (baseline - target)) ** 2;
}

/** Units of control needed to tell two means apart, with the same standard deviation; not rounded. */
export function unitsForMeans(difference: number, sd: number, strength: Strength): number {
  const { alpha, power, ratio, mode } = strength;
  const doubt = mode === "fixed" ? normalIsf(alpha / 2) : multiplierAtPlan(alpha);
  return ((doubt + normalIsf(1 - power)) * (sd / difference)) ** 2 * (1 + 1 / ratio);
}

/** The smallest target above the baseline that so many units of control tell from it; 1 where none is. */
export function smallestTarget(baseline: number, units: number, strength: Strength): number {
  const spare = (target: number) => units - unitsForRates(baseline, target, strength);
  const roughly = Math.sqrt((8 * baseline * (1 - baseline) * (1 + 1 / strength.ratio)) / units);
  return crossing(spare, baseline + roughly / 8, roughly / 4, 1);
}

/** Chance that so many units per group tell the two rates apart in fixed mode, either way. For planning only. */
export function powerForRates(baseline: number, target: number, units: number, alpha: number): number {
  const pooled = (baseline + target) / 2;
  const doubt = normalIsf(alpha / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const apart = Math.sqrt(baseline * (1 - baseline) + target * (1 - target));
  const signal = Math.abs(target - baseline) * Math.sqrt(units);
  return normalSf((doubt - signal) / apart) + normalSf((doubt + signal) / apart);
}

/** How many more units the right to look at any time may take: 1.91 at alpha 0.05 and power 0.8. */
export function costOfLooking(alpha: number, power: number): number {
  const beta = normalIsf(1 - power);
  return ((multiplierAtPlan(alpha) + beta) / (normalIsf(alpha / 2) + beta)) ** 2;
}

/** The same for any plan, since the mixture is tuned to it. */
function multiplierAtPlan(alpha: number): number {
  return mixtureMultiplier(1, mixtureRho(1, alpha), alpha);
}
