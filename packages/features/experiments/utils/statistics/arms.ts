import { bestAmong } from "./chance";
import { aloneOf, type Combined } from "./combine";
import { tIsf } from "./dist";
import { intervalOf } from "./interval";
import { ALPHA, type MeasuredMetric } from "./metric-measure";
import type { ArmResult, Interval } from "./results-types";
import type { Design } from "./types";
import { wilson } from "./wilson";

/** The rows of the table. A row shows the value that is compared, so that rows and difference agree. */
export function armsOf(design: Design, { metric, epochs, cells, pairs }: MeasuredMetric): ArmResult[] {
  const isRate = metric.kind === "rate" && !cells.isAdjusted;
  const [only] = pairs;
  const shown = design.variants.map((variant): Combined | null => {
    const pair = pairs.find((one) => one.variant === variant)?.pair;
    if (pair) return pair.treatment;
    return (pairs.length === 1 ? only?.pair?.control : undefined) ?? aloneOf(cells.epochs, variant);
  });
  const all = shown.filter((arm) => arm !== null);
  const isCompared =
    all.length === shown.length && pairs.length > 0 && pairs.every(({ reason }) => reason === null);
  const best = isCompared ? bestAmong(all, isRate, metric.direction) : null;
  return design.variants.map((variant, i) => {
    const arm = shown[i] ?? null;
    const data = epochs.flatMap(({ arms }) => arms[variant] ?? []);
    return {
      variant,
      units: data.reduce((total, { n }) => total + (Number.isFinite(n) ? n : 0), 0),
      conversions:
        metric.kind === "rate"
          ? data.reduce((total, one) => total + (one.kind === "rate" ? one.conversions : 0), 0)
          : null,
      value: arm?.value ?? null,
      interval: arm === null ? null : armInterval(arm, isRate),
      chanceToBeBest: best?.[i]?.chance ?? null,
      lossAgainstBest: best?.[i]?.loss ?? null,
    };
  });
}

function armInterval(arm: Combined, isRate: boolean): Interval | null {
  if (isRate) return intervalOf(wilson(arm.value * arm.effectiveN, arm.effectiveN, ALPHA), ALPHA);
  if (!(arm.variance > 0)) return null;
  const half = tIsf(ALPHA / 2, arm.variance ** 2 / arm.spread) * Math.sqrt(arm.variance);
  return intervalOf({ low: arm.value - half, high: arm.value + half }, ALPHA);
}
