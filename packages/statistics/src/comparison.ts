import { chanceOf } from "./chance";
import type { Pair } from "./combine";
import { intervalOf } from "./interval";
import type { Measured } from "./measure";
import { ALPHA, type MeasuredMetric, type MeasuredPair } from "./metric-measure";
import { possible } from "./range";
import type { Chance, Compared, Lift } from "./results-types";
import type { AnalysisMode, Design } from "./types";

/** `alpha` is the level that multiplicity correction leaves to this pair. */
export function compared(
  { metric, mode, cells }: MeasuredMetric,
  { variant, pair, measured, p }: Extract<MeasuredPair, { reason: null }>,
  pAdjusted: number,
  alpha: number,
  { control, alpha: overall = ALPHA, hasChances = true }: Design,
): Compared {
  const difference = pair.treatment.value - pair.control.value;
  const interval = intervalOf(possible.difference(measured.differenceAt(alpha), pair.range), alpha);
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
    difference,
    interval,
    lift: liftOf(pair, measured, alpha),
    p,
    pNow: measured.pNow,
    pAdjusted,
    isSignificant: pAdjusted <= overall,
    outcome: side === 0 ? "unclear" : side === good ? "better" : "worse",
    chance: hasChances ? chanceBeside(chanceOf(pair, metric), { mode, isClear: side !== 0 }) : null,
    widened: measured.method === "score" ? null : wideningOf(pair, control, variant),
  };
}

/** In sequential mode the p covers all looks, and the chance only this one. The chance is hidden until the two agree. */
function chanceBeside(
  chance: Chance | null,
  { mode, isClear }: { mode: AnalysisMode; isClear: boolean },
): Chance | null {
  if (chance === null || mode === "fixed" || isClear) return chance;
  return { ...chance, toBeatControl: null, toLoseToControl: null, toReachMinimumEffect: null };
}

function wideningOf({ own, ...pair }: Pair, control: string, variant: string): Compared["widened"] {
  const raised = { control: pair.control.variance, treatment: pair.treatment.variance };
  const more = { control: raised.control - own.control.all, treatment: raised.treatment - own.treatment.all };
  const name = more.control > more.treatment ? "control" : "treatment";
  if (!(more[name] > 1e-9 * raised[name])) return null;
  const [before, after] = [own.control.all + own.treatment.all, raised.control + raised.treatment];
  return {
    variant: name === "control" ? control : variant,
    factor: own[name].all > 0 ? Math.sqrt(after / before) : null,
  };
}

export function liftOf({ control, treatment, range }: Pair, { liftAt }: Measured, alpha: number): Lift {
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
  // Fieller's interval of a variant that does not vary is a point, whatever the number of units.
  if (!(bounds.low < bounds.high))
    return { value: null, interval: null, reason: { code: "nothing_in_variant" } };
  const value = (treatment.value - control.value) / Math.abs(control.value);
  return { value, interval: intervalOf(possible.lift(bounds, range), alpha), reason: null };
}
