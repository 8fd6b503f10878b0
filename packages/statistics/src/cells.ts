import { type Adjustable, cupedAdjusted, cupedCentre, cupedTheta } from "./cuped";
import { ratioShown } from "./delta";
import type { Shown } from "./guard";
import { RATE, type Range, rangeOf } from "./range";
import type { ArmData, EpochData } from "./types";
import { rateMoments } from "./validate";
import { type Estimate, estimateOf } from "./welch";

/** What one variant shows in one epoch, ready to be combined. */
export interface Cell extends Shown {
  /** Conversions, where the metric is a rate. */
  x: number | null;
  /** Whether the values were adjusted by what was known before. */
  isAdjusted: boolean;
  range: Range;
}

export interface CellEpoch {
  epoch: number;
  weights: Record<string, number>;
  /** Variants from which nothing can be learnt in this epoch are missing. */
  cells: Record<string, Cell>;
}

export interface Cells {
  epochs: CellEpoch[];
  isAdjusted: boolean;
  varianceReduction: number | null;
}

/** In the order of the epochs. Adjusted by the covariate if every variant has it. */
export function cellsOf(epochs: readonly EpochData[]): Cells {
  const inOrder = [...epochs].sort((a, b) => a.epoch - b.epoch);
  const adjustable = inOrder.map(({ arms }) => adjustableArms(arms));
  const isAdjusted = adjustable.length > 0 && adjustable.every((arms) => arms !== null);
  if (!isAdjusted) {
    const plain = inOrder.map(({ epoch, weights, arms }) => ({
      epoch,
      weights,
      cells: mapDefined(arms, plainCell),
    }));
    return { epochs: plain, isAdjusted: false, varianceReduction: null };
  }
  const known = adjustable.map((arms) => arms ?? {});
  const theta = cupedTheta(known.map((arms) => Object.values(arms)));
  let [before, after] = [0, 0];
  const adjusted = inOrder.map(({ epoch, weights }, i) => {
    const arms = known[i] ?? {};
    const centre = cupedCentre(Object.values(arms));
    const cells = mapDefined(arms, (arm) => {
      const { mean, m2 } = cupedAdjusted(arm, theta, centre);
      before += arm.value.m2;
      after += m2;
      if (arm.n < 2) return null;
      const { n, conversions: x } = arm;
      const range = x === null ? rangeOf([arm.value]) : RATE;
      return { n, effectiveN: n, x, estimate: estimateOf(n, mean, m2), isAdjusted, range };
    });
    return { epoch, weights, cells };
  });
  return {
    epochs: adjusted,
    isAdjusted,
    varianceReduction: before > 0 ? Math.max(0, 1 - after / before) : 0,
  };
}

function plainCell(arm: ArmData): Cell | null {
  const { n } = arm;
  if (arm.kind === "rate") {
    if (n < 1) return null;
    const estimate = rateEstimate(n, arm.conversions);
    return { n, effectiveN: n, x: arm.conversions, estimate, isAdjusted: false, range: RATE };
  }
  if (n < 2) return null;
  const parts = arm.kind === "mean" ? [arm.value] : [arm.numerator, arm.denominator];
  const plain = { n, x: null, isAdjusted: false, range: rangeOf(parts) };
  if (arm.kind === "mean")
    return { ...plain, effectiveN: n, estimate: estimateOf(n, arm.value.mean, arm.value.m2) };
  const shown = ratioShown(n, arm.numerator, arm.denominator, arm.comoment);
  return shown === null ? null : { ...plain, ...shown };
}

function rateEstimate(n: number, x: number): Estimate {
  const value = x / n;
  const variance = (value * (1 - value)) / n;
  return { value, variance, spread: n > 1 ? (variance * variance) / (n - 1) : 0 };
}

type AdjustableArm = Adjustable & { conversions: number | null };

/** Null if a variant with units has no covariate: adjusting only the others would compare unlike values. */
function adjustableArms(arms: EpochData["arms"]): Record<string, AdjustableArm> | null {
  const adjustable: Record<string, AdjustableArm> = {};
  for (const [variant, arm] of Object.entries(arms)) {
    if (arm.n === 0) continue;
    if (arm.kind === "ratio" || arm.covariate === undefined) return null;
    const value = arm.kind === "mean" ? arm.value : rateMoments(arm.n, arm.conversions);
    const conversions = arm.kind === "rate" ? arm.conversions : null;
    adjustable[variant] = { n: arm.n, conversions, value, covariate: arm.covariate };
  }
  return adjustable;
}

function mapDefined<In, Out>(from: Record<string, In>, map: (value: In) => Out | null): Record<string, Out> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([key, value]) => {
      const mapped = map(value);
      return mapped === null ? [] : [[key, mapped] as const];
    }),
  );
}
