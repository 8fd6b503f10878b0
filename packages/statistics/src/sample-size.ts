import { normalIsf, normalSf, tIsf } from "./dist";
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
  /** Sequential: these units over the planned ones, to which the mixture is tuned; 1 where absent. */
  progress?: number;
}

/**
 * Units of control needed to tell two rates apart, not rounded. Fixed: Fleiss 1981, as R's power.prop.test. Sequential: to
 * have the verdict by then, so an upper bound; on average it comes earlier.
 */
export function unitsForRates(baseline: number, target: number, strength: Strength): number {
  const { power, ratio } = strength;
  const [c, t] = [baseline * (1 - baseline), target * (1 - target)];
  const rate = (baseline + ratio * target) / (1 + ratio);
  const apart = Math.sqrt(c + t / ratio);
  const assumed =
    strength.mode === "fixed" ? guarded(c, t, ratio, rate * (1 - rate)) : guarded(c, t, ratio, null);
  const units = ((doubtOf(strength) * assumed + normalIsf(1 - power) * apart) / (baseline - target)) ** 2;
  return strength.mode === "fixed" ? units : byT(units, strength);
}

/**
 * The standard error that a comparison assumes, for one unit of control: of a null variance where there is one, and
 * otherwise of what each shows. The smaller variant never counts as varying less than both together (`guard.ts`), nor
 * beside a null variance as less than it shows.
 */
function guarded(c: number, t: number, ratio: number, nullVariance: number | null): number {
  const pooled = nullVariance ?? (c + ratio * t) / (1 + ratio);
  const control = ratio > 1 ? Math.max(c, pooled) : (nullVariance ?? c);
  const treatment = ratio < 1 ? Math.max(t, pooled) : (nullVariance ?? t);
  return Math.sqrt(control + treatment / ratio);
}

/** Units of control needed to tell two means apart, with the same standard deviation; not rounded. */
export function unitsForMeans(difference: number, sd: number, strength: Strength): number {
  return (
    ((doubtOf(strength) + normalIsf(1 - strength.power)) * (sd / difference)) ** 2 * (1 + 1 / strength.ratio)
  );
}

/** The same by Student's t, which few units need more of. */
export function unitsForMeansByT(difference: number, sd: number, strength: Strength): number {
  return byT(unitsForMeans(difference, sd, strength), strength);
}

/** What so many units by the normal distribution are by Student's t with as many. */
function byT(byNormal: number, strength: Strength): number {
  const [doubt, luck] = [doubtOf(strength), normalIsf(1 - strength.power)];
  let units = byNormal;
  // Each round changes the degrees of freedom by less than the one before.
  for (let round = 0; round < 6; round++) {
    const df = Math.max(FEWEST_DEGREES, units * (1 + strength.ratio) - 2);
    if (df >= NORMAL_FROM_DF) return byNormal;
    const away = tIsf(normalSf(doubt), df) + tIsf(normalSf(luck), df);
    units = byNormal * (away / (doubt + luck)) ** 2;
  }
  return units;
}

const NORMAL_FROM_DF = 10_000;
/** Nothing is compared with fewer units than these need. */
const FEWEST_DEGREES = 28;

/** Standard errors that an estimate has to be away from 0. */
function doubtOf({ mode, alpha, progress }: Strength): number {
  return mode === "fixed" ? normalIsf(alpha / 2) : multiplierAt(alpha, progress);
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
  return ((multiplierAt(alpha) + beta) / (normalIsf(alpha / 2) + beta)) ** 2;
}

/** The same for any plan, since the mixture is tuned to it: only the share of the plan counts. */
function multiplierAt(alpha: number, progress = 1): number {
  return mixtureMultiplier(progress, mixtureRho(1, alpha), alpha);
}
