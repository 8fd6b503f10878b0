import type { Comparison, Interval, MetricResult } from "./results-types";
import { isRounding } from "./rounding";
import type { ArmData, EpochData, Moments } from "./types";

/** Data as the engine computes with them, and what 1 of its results stands for. */
export interface OwnUnits {
  epochs: EpochData[];
  unit: number;
}

/**
 * The only way for moments to enter the engine: scaled to about 1, so that fourth powers neither overflow nor underflow,
 * and without variances that are mere rounding errors. Scales are powers of two, which round nothing.
 */
export function inOwnUnits(epochs: readonly EpochData[]): OwnUnits {
  const arms = epochs.flatMap((epoch) => Object.values(epoch.arms));
  const y = unitFor(arms, ownOf);
  const x = unitFor(arms, besideOf);
  return {
    epochs: epochs.map((epoch) => ({
      ...epoch,
      arms: Object.fromEntries(
        Object.entries(epoch.arms).map(([variant, arm]) => [variant, enter(arm, y, x)]),
      ),
    })),
    unit: arms.some(({ kind }) => kind === "ratio") ? y / x : y,
  };
}

function ownOf(arm: ArmData): Moments | undefined {
  if (arm.kind === "rate") return undefined;
  return arm.kind === "mean" ? arm.value : arm.numerator;
}

/** The second value: the denominator or the covariate. */
function besideOf(arm: ArmData): Moments | undefined {
  return arm.kind === "ratio" ? arm.denominator : arm.covariate;
}

function unitFor(arms: readonly ArmData[], of: (arm: ArmData) => Moments | undefined): number {
  let largest = 0;
  for (const arm of arms) {
    const moments = of(arm);
    if (moments === undefined || arm.n === 0) continue;
    largest = Math.max(largest, Math.abs(moments.mean), Math.sqrt(moments.m2 / arm.n));
  }
  return largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
}

function enter(arm: ArmData, y: number, x: number): ArmData {
  const { n } = arm;
  if (arm.kind === "ratio") {
    const [numerator, denominator] = [momentsIn(n, arm.numerator, y), momentsIn(n, arm.denominator, x)];
    return {
      ...arm,
      numerator,
      denominator,
      comoment: comomentOf(arm.comoment, numerator, denominator, y, x),
    };
  }
  const value = arm.kind === "mean" ? momentsIn(n, arm.value, y) : null;
  const entered = value === null ? arm : { ...arm, value };
  if (arm.covariate === undefined) return entered;
  const beside = momentsIn(n, arm.covariate, x);
  const comoment = comomentOf(arm.covariate.comoment, value, beside, y, x);
  return { ...entered, covariate: { ...beside, comoment } };
}

function momentsIn(n: number, { mean, m2, min }: Moments, unit: number): Moments {
  const own = { mean: mean / unit, m2: m2 / unit / unit };
  return {
    mean: own.mean,
    m2: n > 0 && isRounding(own.m2, n, own.mean) ? 0 : own.m2,
    ...(min === undefined ? {} : { min: min / unit }),
  };
}

function comomentOf(comoment: number, value: Moments | null, beside: Moments, y: number, x: number): number {
  return value?.m2 === 0 || beside.m2 === 0 ? 0 : comoment / y / x;
}

/** The result in the units of the data. */
export function inGivenUnits(result: MetricResult, unit: number): MetricResult {
  const times = (value: number) => value * unit;
  return {
    ...result,
    arms: result.arms.map((arm) => ({
      ...arm,
      value: arm.value === null ? null : times(arm.value),
      interval: arm.interval === null ? null : intervalTimes(arm.interval, times),
      lossAgainstBest: arm.lossAgainstBest === null ? null : times(arm.lossAgainstBest),
    })),
    comparisons: result.comparisons.map((one) => comparisonTimes(one, times)),
  };
}

function comparisonTimes(one: Comparison, times: (value: number) => number): Comparison {
  if (one.status === "withheld") return one;
  const { controlValue, treatmentValue, difference, interval, chance } = one;
  return {
    ...one,
    controlValue: times(controlValue),
    treatmentValue: times(treatmentValue),
    difference: times(difference),
    interval: intervalTimes(interval, times),
    chance: chance && {
      ...chance,
      lossOfVariant: times(chance.lossOfVariant),
      lossOfControl: times(chance.lossOfControl),
    },
  };
}

/** A bound that overflows is open. */
function intervalTimes({ low, high, level }: Interval, times: (value: number) => number): Interval {
  const bound = (value: number | null) => {
    const given = value === null ? null : times(value);
    return given !== null && Number.isFinite(given) ? given : null;
  };
  return { low: bound(low), high: bound(high), level };
}
