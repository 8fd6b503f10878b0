import type { Cells } from "./cells";
import type { Pair } from "./combine";
import { denominatorFault } from "./delta";
import type { WithheldReason } from "./reason-types";
import { isSameValue } from "./rounding";
import type { ArmData, EpochData } from "./types";

/** The names of the two that are compared. */
export interface Names {
  control: string;
  treatment: string;
}

/** Why the two can never be compared, however many units come in this way; null if they share an epoch. */
export function whyNeverMet(
  epochs: readonly EpochData[],
  { control, treatment }: Names,
): WithheldReason | null {
  const hasUnits = ({ arms }: EpochData, name: string) => (arms[name]?.n ?? 0) > 0;
  for (const name of [control, treatment]) {
    if (!epochs.some((epoch) => hasUnits(epoch, name))) return { code: "no_data", variant: name };
  }
  return epochs.some((epoch) => hasUnits(epoch, control) && hasUnits(epoch, treatment))
    ? null
    : { code: "no_common_epoch", variant: treatment };
}

/** Why two variants with a shared epoch and enough units have no epoch with usable data of both. */
export function whyNothingRead(epochs: readonly EpochData[], { control, treatment }: Names): WithheldReason {
  for (const code of ["denominator_near_zero", "zero_denominator"] as const) {
    for (const variant of [control, treatment]) {
      const arms = epochs.flatMap(({ arms }) => arms[variant] ?? []);
      if (arms.some((arm) => faultOf(arm) === code)) return { code, variant };
    }
  }
  return { code: "no_common_epoch", variant: treatment };
}

function faultOf(arm: ArmData): "zero_denominator" | "denominator_near_zero" | null {
  const fault = arm.kind === "ratio" && arm.n > 1 ? denominatorFault(arm.n, arm.denominator) : null;
  if (fault === null) return null;
  return fault === "zero" ? "zero_denominator" : "denominator_near_zero";
}

/** Why the comparison has no variance to use. */
export function whyNothingVaries(
  { control, treatment, units }: Pair,
  { isAdjusted }: Cells,
  epochs: readonly EpochData[],
  names: Names,
): WithheldReason {
  const arms = epochs.flatMap((epoch) => [epoch.arms[names.control], epoch.arms[names.treatment]]);
  if (isAdjusted && arms.some((arm) => arm !== undefined && varies(arm)))
    return { code: "no_variation_left" };
  return isSameValue(control.value, treatment.value, units)
    ? { code: "no_variation" }
    : { code: "no_variation_within", variant: names.treatment };
}

function varies(arm: ArmData): boolean {
  if (arm.kind === "rate") return arm.conversions > 0 && arm.conversions < arm.n;
  return arm.kind === "mean" && arm.value.m2 > 0;
}
