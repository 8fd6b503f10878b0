import { type Cells, cellsOf } from "./cells";
import { type Pair, pairOf } from "./combine";
import { type Measured, measure } from "./measure";
import { missingCounts, missingFor, type PairUnits, unitsOfPair } from "./minimum";
import { inOwnUnits } from "./own-units";
import type { WithheldReason } from "./reason-types";
import type { EndedShort } from "./results-types";
import type { AnalysisMode, Design, EpochData, LookState, MetricPlan } from "./types";
import { invalidData } from "./validate";
import { type Names, whyNeverMet, whyNothingRead, whyNothingVaries } from "./why-withheld";

export const ALPHA = 0.05;

/** A metric before its p-values are corrected for its family. */
export interface MeasuredMetric {
  metric: MetricPlan;
  mode: AnalysisMode;
  epochs: readonly EpochData[];
  cells: Cells;
  /** The unit of measure of cells and pairs. */
  unit: number;
  pairs: MeasuredPair[];
}

export type MeasuredPair = {
  variant: string;
  /** Those that count for the comparison. */
  units: PairUnits;
} & (
  | { pair: Pair; measured: Measured; p: number; reason: null }
  | { pair: Pair | null; measured: null; p: null; reason: WithheldReason }
);

/**
 * Guardrails are always-valid in either mode: harm must not wait for the planned end. So is a test that ended short of its
 * plan, because its end may have been chosen after seeing data.
 */
export function measureMetric(
  design: Design,
  metric: MetricPlan,
  epochs: readonly EpochData[],
  { previous, endedShort }: { previous: LookState | undefined; endedShort: EndedShort | null },
): MeasuredMetric {
  const mode = metric.role === "guardrail" || endedShort !== null ? "sequential" : design.mode;
  const invalid = invalidData(epochs, metric.kind);
  const own = inOwnUnits(invalid === null ? epochs : []);
  const cells = cellsOf(own.epochs);
  const pairs = design.variants
    .filter((variant) => variant !== design.control)
    .map((variant): MeasuredPair => {
      const names = { control: design.control, treatment: variant };
      const pair = pairOf(cells.epochs, design.control, variant);
      const units = unitsOfPair(pair, invalid === null ? epochs : [], names);
      const reason = invalid ?? reasonAgainst(design, { metric, mode, epochs }, { pair, units, names });
      if (reason !== null || pair === null)
        return {
          variant,
          units,
          pair,
          measured: null,
          p: null,
          reason: reason ?? whyNothingRead(epochs, names),
        };
      const measured = measure(pair, {
        kind: metric.kind,
        mode,
        plannedUnits: plannedUnitsOfPair(design, cells, variant),
        tunedAlpha:
          (design.alpha ?? ALPHA) / (isDeciding(metric) ? Math.max(1, design.plannedComparisons) : 1),
      });
      if (measured === null) {
        const nothing = whyNothingVaries(pair, cells, own.epochs, names);
        return { variant, units, pair, measured, p: null, reason: nothing };
      }
      const before = mode === "fixed" ? 1 : (previous?.smallestP[metric.id]?.[variant] ?? 1);
      return { variant, units, pair, measured, p: Math.min(before, measured.pNow), reason: null };
    });
  return { metric, mode, epochs, cells, unit: own.unit, pairs };
}

/** Whether the metric may decide the verdict: one that was chosen after seeing data may not. */
export function isDeciding({ role, isChosenAfterStart = false }: MetricPlan): boolean {
  return role === "primary" && !isChosenAfterStart;
}

/** What was planned and what came, where a test with a planned end was ended before it; null in any other case. */
export function findEndedShort(design: Design, units: number): EndedShort | null {
  const { mode, phase, plannedUnits } = design;
  const plannedDays = design.plannedDays ?? 0;
  if (mode !== "fixed" || phase !== "over" || plannedUnits === null) return null;
  const came = { units, days: design.days };
  const reached = design.reached ?? came;
  const isShort = { units: reached.units < plannedUnits, days: reached.days < plannedDays };
  if (!isShort.units && !isShort.days) return null;
  return {
    // If enough units came but many windows were still open, the units with closed windows fell short.
    units: came.units < plannedUnits ? came.units : reached.units,
    days: came.days < plannedDays || isShort.units ? came.days : reached.days,
    plannedUnits,
    plannedDays,
    isByWindow: came.units >= plannedUnits && isShort.units,
  };
}

/** Null if nothing forbids a comparison, or if its only obstacle is that nothing can be computed. */
function reasonAgainst(
  design: Design,
  { metric, mode, epochs }: Pick<MeasuredMetric, "metric" | "mode" | "epochs">,
  { pair, units, names }: { pair: Pair | null; units: PairUnits; names: Names },
): WithheldReason | null {
  const { plannedUnits } = design;
  if (plannedUnits === null || !(plannedUnits > 0)) return { code: "no_plan" };
  const before =
    mode === "fixed" ? untilPlannedEnd(design, plannedUnits, design.units ?? countUnits(epochs)) : null;
  return (
    before ??
    whyNeverMet(epochs, names) ??
    missingFor(units, names.treatment, design, metric.kind) ??
    (pair === null ? null : missingCounts(pair))
  );
}

/** A test that is over waits for nothing: short of its plan it uses a bound that is valid at any end. */
function untilPlannedEnd(design: Design, plannedUnits: number, units: number): WithheldReason | null {
  const { plannedDays, days, phase = "running", daysUntilMinimum = 0 } = design;
  if (phase === "over") return null;
  const unitsToGo = Math.max(0, Math.ceil(plannedUnits - units));
  const daysLeft = Math.max(0, (plannedDays ?? 0) - days);
  if (unitsToGo === 0 && daysLeft === 0) return null;
  const untilUnits = daysFor(unitsToGo, units, design);
  // While paused, no one is enrolled and the time is unknown.
  const daysToGo =
    phase === "paused" || untilUnits === null ? null : Math.max(daysLeft, daysUntilMinimum, untilUnits);
  return { code: "before_planned_end", unitsToGo, daysToGo };
}

/** Of all variants, whether or not anything can be learnt from them. */
export function countUnits(epochs: readonly EpochData[]): number {
  return epochs.reduce((total, { arms }) => Object.values(arms).reduce((sum, { n }) => sum + n, total), 0);
}

/**
 * At the pace so far; null without one. The pace is that of exposures: units are compared one window after theirs, so the
 * number of compared units always lags behind the days.
 */
export function daysFor(
  unitsToGo: number,
  units: number,
  { phase = "running", days, unitsPerDay = days > 0 ? units / days : 0 }: Design,
): number | null {
  if (unitsToGo === 0) return 0;
  return phase === "running" && unitsPerDay > 0 ? Math.ceil(unitsToGo / unitsPerDay) : null;
}

/** By the weights at the start, for the plan must not follow the data. */
export function plannedUnitsOfPair(
  { plannedUnits, control, variants }: Design,
  { epochs }: { epochs: readonly Pick<EpochData, "weights">[] },
  variant: string,
): number {
  const weights = epochs[0]?.weights ?? {};
  const whole = variants.reduce((total, name) => total + (weights[name] ?? 0), 0);
  const both = (weights[control] ?? 0) + (weights[variant] ?? 0);
  const share = whole > 0 && (weights[variant] ?? 0) > 0 ? both / whole : 2 / variants.length;
  return (plannedUnits ?? 1) * share;
}
