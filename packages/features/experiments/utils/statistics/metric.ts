import { type Cells, cellsOf } from "./cells";
import { bestAmong, chanceOf } from "./chance";
import { aloneOf, type Combined, type Pair, pairOf } from "./combine";
import { tIsf } from "./dist";
import { type Measured, measure } from "./measure";
import { missingFor } from "./minimum";
import type { ArmResult, Compared, Comparison, Interval, Lift, MetricResult, Reason } from "./results-types";
import type { AnalysisMode, Design, EpochData, LookState, MetricPlan } from "./types";
import { invalidData } from "./validate";
import { wilson } from "./wilson";

export const ALPHA = 0.05;

/** A metric before the family is known in which its p are adjusted. */
export interface MeasuredMetric {
  metric: MetricPlan;
  mode: AnalysisMode;
  epochs: readonly EpochData[];
  cells: Cells;
  pairs: MeasuredPair[];
}

export type MeasuredPair =
  | { variant: string; pair: Pair; measured: Measured; p: number; reason: null }
  | { variant: string; pair: Pair | null; measured: null; p: null; reason: Reason };

/** Guardrails are read at any time in either mode: harm must not wait for the planned end. */
export function measureMetric(
  design: Design,
  metric: MetricPlan,
  epochs: readonly EpochData[],
  previous: LookState | undefined,
): MeasuredMetric {
  const mode = metric.role === "guardrail" ? "sequential" : design.mode;
  const invalid = invalidData(epochs, metric.kind);
  const cells: Cells =
    invalid === null ? cellsOf(epochs) : { epochs: [], isAdjusted: false, varianceReduction: null };
  const pairs = design.variants
    .filter((variant) => variant !== design.control)
    .map((variant): MeasuredPair => {
      const pair = pairOf(cells.epochs, design.control, variant);
      const reason = invalid ?? reasonAgainst(design, metric, mode, cells, pair, variant);
      if (reason !== null || pair === null) {
        return {
          variant,
          pair,
          measured: null,
          p: null,
          reason: reason ?? { code: "no_common_epoch", variant },
        };
      }
      const measured = measure(pair, {
        kind: metric.kind,
        mode,
        plannedUnits: plannedUnitsOfPair(design, cells, variant),
        tunedAlpha:
          (design.alpha ?? ALPHA) / (metric.role === "primary" ? Math.max(1, design.plannedComparisons) : 1),
      });
      if (measured === null) return { variant, pair, measured, p: null, reason: { code: "no_variation" } };
      const before = mode === "fixed" ? 1 : (previous?.smallestP[metric.id]?.[variant] ?? 1);
      return { variant, pair, measured, p: Math.min(before, measured.pNow), reason: null };
    });
  return { metric, mode, epochs, cells, pairs };
}

/** `adjusted` by variant: the p in its family, and the level at which it was asked there. */
export function finishMetric(
  design: Design,
  measured: MeasuredMetric,
  adjusted: ReadonlyMap<string, { p: number; alpha: number }>,
): MetricResult {
  const { metric, mode, cells, pairs } = measured;
  const comparisons = pairs.map((one): Comparison => {
    if (one.reason !== null) return { status: "withheld", variant: one.variant, reason: one.reason };
    const { p, alpha } = adjusted.get(one.variant) ?? { p: one.p, alpha: design.alpha ?? ALPHA };
    return compared(measured, one, p, alpha, design.alpha ?? ALPHA);
  });
  return {
    metric,
    mode,
    arms: armsOf(design, measured),
    comparisons,
    varianceReduction: cells.varianceReduction,
  };
}

function reasonAgainst(
  design: Design,
  metric: MetricPlan,
  mode: AnalysisMode,
  { epochs }: Cells,
  pair: Pair | null,
  variant: string,
): Reason | null {
  for (const name of [design.control, variant]) {
    if (epochs.every(({ cells }) => cells[name] === undefined)) return { code: "no_data", variant: name };
  }
  if (pair === null) return { code: "no_common_epoch", variant };
  const { plannedUnits, plannedDays, days } = design;
  if (plannedUnits === null || !(plannedUnits > 0)) return { code: "no_plan" };
  if (mode === "fixed") {
    const units = unitsOf(epochs);
    const unitsToGo = Math.max(0, Math.ceil(plannedUnits - units));
    const daysToGo = Math.max(0, (plannedDays ?? 0) - days, daysFor(unitsToGo, units, days) ?? 0);
    if (unitsToGo > 0 || days < (plannedDays ?? 0)) {
      return { code: "before_planned_end", unitsToGo, daysToGo: daysToGo > 0 ? daysToGo : null };
    }
  }
  return missingFor(pair, variant, design, metric.kind, mode);
}

/** Of all variants. */
export function unitsOf(epochs: Cells["epochs"]): number {
  return epochs.reduce((total, { cells }) => Object.values(cells).reduce((sum, { n }) => sum + n, total), 0);
}

/** At the pace so far; null where there is none. */
export function daysFor(unitsToGo: number, units: number, days: number): number | null {
  return unitsToGo === 0 ? 0 : units > 0 && days > 0 ? Math.ceil((unitsToGo * days) / units) : null;
}

/** By the weights at the start, for the plan must not follow the data. */
function plannedUnitsOfPair(
  { plannedUnits, control, variants }: Design,
  { epochs }: Cells,
  variant: string,
): number {
  const weights = epochs[0]?.weights ?? {};
  const whole = variants.reduce((total, name) => total + (weights[name] ?? 0), 0);
  const both = (weights[control] ?? 0) + (weights[variant] ?? 0);
  const share = whole > 0 && (weights[variant] ?? 0) > 0 ? both / whole : 2 / variants.length;
  return (plannedUnits ?? 1) * share;
}

function compared(
  { metric, cells }: MeasuredMetric,
  { variant, pair, measured, p }: Extract<MeasuredPair, { reason: null }>,
  pAdjusted: number,
  alpha: number,
  overall: number,
): Compared {
  const interval = intervalOf(measured.differenceAt(alpha), alpha);
  const side = (interval.low ?? 0) > 0 ? 1 : (interval.high ?? 0) < 0 ? -1 : 0;
  const good = metric.direction === "increase" ? 1 : -1;
  return {
    status: "compared",
    variant,
    method: measured.method,
    isAdjusted: cells.isAdjusted,
    units: pair.units,
    controlValue: pair.control.value,
    treatmentValue: pair.treatment.value,
    difference: pair.treatment.value - pair.control.value,
    interval,
    lift: liftOf(pair, measured, alpha),
    p,
    pNow: measured.pNow,
    pAdjusted,
    isSignificant: pAdjusted <= overall,
    outcome: side === 0 ? "unclear" : side === good ? "better" : "worse",
    chance: chanceOf(pair, metric),
  };
}

function liftOf({ control, treatment }: Pair, { liftAt }: Measured, alpha: number): Lift {
  const bounds = liftAt(alpha);
  if (control.value === 0) {
    const isOpen = bounds === null || (bounds.low <= -1 && bounds.high === Infinity);
    return {
      value: null,
      interval: isOpen ? null : intervalOf(bounds, alpha),
      reason: { code: "no_baseline" },
    };
  }
  if (bounds === null) return { value: null, interval: null, reason: { code: "baseline_near_zero" } };
  const value = (treatment.value - control.value) / Math.abs(control.value);
  return { value, interval: intervalOf(bounds, alpha), reason: null };
}

function intervalOf({ low, high }: { low: number; high: number }, alpha: number): Interval {
  const bound = (value: number) => (Number.isFinite(value) ? value : null);
  return { low: bound(low), high: bound(high), level: 1 - alpha };
}

function armsOf(design: Design, { metric, epochs, cells, pairs }: MeasuredMetric): ArmResult[] {
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
