import type { Cells } from "./cells";
import type { Pair } from "./combine";
import type { WithheldReason } from "./results-types";
import { isSameValue } from "./rounding";
import type { ArmData, EpochData } from "./types";

/** Why two that could be compared have no variance to do it by. */
export function whyNothingVaries(
  { control, treatment, units }: Pair,
  { isAdjusted }: Cells,
  epochs: readonly EpochData[],
  [controlName, variant]: readonly [control: string, variant: string],
): WithheldReason {
  const arms = epochs.flatMap((epoch) => [epoch.arms[controlName], epoch.arms[variant]]);
  if (isAdjusted && arms.some((arm) => arm !== undefined && varies(arm)))
    return { code: "no_variation_left" };
  return isSameValue(control.value, treatment.value, units)
    ? { code: "no_variation" }
    : { code: "no_variation_within", variant };
}

function varies(arm: ArmData): boolean {
  if (arm.kind === "rate") return arm.conversions > 0 && arm.conversions < arm.n;
  return arm.kind === "mean" && arm.value.m2 > 0;
}
