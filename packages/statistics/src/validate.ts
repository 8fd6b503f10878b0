import type { WithheldReason } from "./reason-types";
import type { ArmData, EpochData, MetricKind, Moments } from "./types";

/** The first thing in the data that cannot be, or null. A recount that says so has a fault. */
export function invalidData(epochs: readonly EpochData[], kind: MetricKind): WithheldReason | null {
  for (const { epoch, weights, arms } of epochs) {
    for (const [variant, arm] of Object.entries(arms)) {
      const detail = invalidArm(arm, kind);
      if (detail !== null) return { code: "invalid_data", variant, epoch, detail };
    }
    for (const [variant, weight] of Object.entries(weights)) {
      if (!isAmount(weight))
        return { code: "invalid_data", variant, epoch, detail: "The weight is no share." };
    }
  }
  return null;
}

function invalidArm(arm: ArmData, kind: MetricKind): string | null {
  if (arm.kind !== kind) return `The data are of a ${arm.kind} and the metric is a ${kind}.`;
  if (!Number.isSafeInteger(arm.n) || arm.n < 0) return "The number of units is no whole number from 0 on.";
  if (arm.n === 0) return null;
  return contradictionIn(arm) ?? (partsOf(arm).some((part) => isBeyondNumbers(arm.n, part)) ? BEYOND : null);
}

const BEYOND =
  "Its values are beyond 1e150, or all of them nearer to 0 than 1e-150. State them in another unit.";

function contradictionIn(arm: ArmData): string | null {
  if (arm.kind === "rate" && !(isAmount(arm.conversions) && arm.conversions <= arm.n)) {
    return "There are more conversions than units, or fewer than none.";
  }
  if (arm.kind === "mean" && !isMoments(arm.value)) return "Mean and spread are no numbers.";
  if (arm.kind === "ratio") {
    const { numerator, denominator, comoment } = arm;
    if (!isMoments(numerator) || !isMoments(denominator) || !isTogether(numerator, denominator, comoment)) {
      return "The moments of numerator and denominator do not belong together.";
    }
    return null;
  }
  const { covariate } = arm;
  if (covariate === undefined) return null;
  const value = arm.kind === "mean" ? arm.value : rateMoments(arm.n, arm.conversions);
  if (!isMoments(covariate) || !isTogether(value, covariate, covariate.comoment)) {
    return "The moments of value and covariate do not belong together.";
  }
  return null;
}

function partsOf(arm: ArmData): Moments[] {
  if (arm.kind === "ratio") return [arm.numerator, arm.denominator];
  return [
    ...(arm.kind === "mean" ? [arm.value] : []),
    ...(arm.covariate === undefined ? [] : [arm.covariate]),
  ];
}

/** Squares of larger or smaller ones are no numbers. */
const [LARGEST, SMALLEST] = [1e150, 1e-150];

function isBeyondNumbers(n: number, { mean, m2 }: Moments): boolean {
  const size = Math.max(Math.abs(mean), Math.sqrt(m2 / n));
  return size > LARGEST || (size > 0 && size < SMALLEST);
}

/** A rate as the mean of ones and zeros. */
export function rateMoments(n: number, conversions: number): Moments {
  const mean = conversions / n;
  return { mean, m2: n * mean * (1 - mean) };
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function isMoments({ mean, m2 }: Moments): boolean {
  return Number.isFinite(mean) && isAmount(m2);
}

/** Cauchy and Schwarz, with room for rounding. */
function isTogether(a: Moments, b: Moments, comoment: number): boolean {
  return (
    Number.isFinite(comoment) && Math.abs(comoment) <= Math.sqrt(a.m2) * Math.sqrt(b.m2) * (1 + 1e-6) + 1e-9
  );
}
