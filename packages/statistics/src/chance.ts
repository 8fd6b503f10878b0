import type { Combined, Pair } from "./combine";
import { normalSf } from "./dist";
import {
  bestOf,
  betaPosterior,
  comparePosteriors,
  gaussianEffect,
  normalPosterior,
  transformed,
} from "./posterior";
import type { Density } from "./quadrature";
import type { Chance } from "./results-types";
import type { MetricPlan } from "./types";

/** Description of a pair from flat priors; null where nothing varies. */
export function chanceOf(pair: Pair, { direction, minimumEffect }: MetricPlan): Chance | null {
  const isUp = direction === "increase";
  const factor = minimumEffect === null ? null : isUp ? 1 + minimumEffect : 1 - minimumEffect;
  const { control, treatment } = pair;
  const [c, t] = [densityOf(control, pair.strata !== null), densityOf(treatment, pair.strata !== null)];
  const variance = control.variance + treatment.variance;
  if (c === null || t === null) return null;
  const result =
    pair.strata === null
      ? gaussianEffect(treatment.value - control.value, Math.sqrt(variance))
      : comparePosteriors(c, t);
  let toReach: number | null = null;
  if (factor !== null && factor > 0 && control.value > 0) {
    const beyond =
      pair.strata === null
        ? gaussianBeyond(control, treatment, factor)
        : comparePosteriors(transformed(c, factor, 0), t);
    toReach = isUp ? beyond.above : beyond.below;
  }
  return {
    toBeatControl: isUp ? result.above : result.below,
    toLoseToControl: isUp ? result.below : result.above,
    toReachMinimumEffect: toReach,
    lossOfVariant: isUp ? result.controlExcess : result.treatmentExcess,
    lossOfControl: isUp ? result.treatmentExcess : result.controlExcess,
  };
}

/** For each of several variants, against all others; null where one of them has no distribution. */
export function bestAmong(
  arms: readonly Combined[],
  isRate: boolean,
  direction: MetricPlan["direction"],
): { chance: number; loss: number }[] | null {
  const origin = isRate ? 0 : (arms[0]?.value ?? 0);
  const densities: Density[] = [];
  for (const arm of arms) {
    const density = densityOf(arm, isRate, origin);
    if (density === null) return null;
    densities.push(density);
  }
  return bestOf(densities, direction === "decrease");
}

/** Below this width, relative to its distance from the origin, a density has too few floating-point numbers to tabulate. */
const NARROWEST = 1e-12;

/** Shifts the origin. Chances stay the same, and close values keep their digits. */
function densityOf(arm: Combined, isRate: boolean, origin = 0): Density | null {
  if (isRate) return betaPosterior(arm.value * arm.effectiveN, arm.effectiveN);
  const value = arm.value - origin;
  if (!(arm.variance > 0)) return null;
  return normalPosterior(value, Math.max(Math.sqrt(arm.variance), NARROWEST * Math.abs(value)));
}

function gaussianBeyond(
  control: Combined,
  treatment: Combined,
  factor: number,
): { above: number; below: number } {
  const sd = Math.sqrt(treatment.variance + factor * factor * control.variance);
  const z = (treatment.value - factor * control.value) / sd;
  return { above: normalSf(-z), below: normalSf(z) };
}
