import { chanceOf } from "./chance";
import type { Pair } from "./combine";
import { intervalOf } from "./interval";
import type { Measured } from "./measure";
import { ALPHA, type MeasuredMetric, type MeasuredPair } from "./metric-measure";
import type { Compared, Lift } from "./results-types";
import type { Design } from "./types";

/** `alpha` is the level at which the pair was asked in its family. */
export function compared(
  { metric, cells }: MeasuredMetric,
  { variant, pair, measured, p }: Extract<MeasuredPair, { reason: null }>,
  pAdjusted: number,
  alpha: number,
  { alpha: overall = ALPHA, hasChances = true }: Design,
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
    chance: hasChances ? chanceOf(pair, metric) : null,
    widened: null,
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
  // Fieller's interval of a variant that does not vary is a point, whatever the number of units.
  if (!(bounds.low < bounds.high))
    return { value: null, interval: null, reason: { code: "nothing_in_variant" } };
  const value = (treatment.value - control.value) / Math.abs(control.value);
  return { value, interval: intervalOf(bounds, alpha), reason: null };
}
