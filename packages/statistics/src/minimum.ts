import type { Pair } from "./combine";
import type { WithheldReason } from "./reason-types";
import type { Design, EpochData, MetricKind } from "./types";

export const MINIMUM_DAYS = 7;
const MINIMUM_UNITS = 100;
/** A ratio's units are often teams; below about 30 of them the delta method is not to be trusted. */
const MINIMUM_UNITS_OF_RATIO = 30;
export const MINIMUM_CONVERSIONS = 10;

export function minimumUnits(design: Pick<Design, "minimumUnits">, kind: MetricKind): number {
  return design.minimumUnits ?? (kind === "ratio" ? MINIMUM_UNITS_OF_RATIO : MINIMUM_UNITS);
}

/** Units that count for the comparison: those of epochs in which both variants have usable data. */
export interface PairUnits {
  control: number;
  treatment: number;
}

/** Before either variant has usable data: all units that have come. */
export function unitsOfPair(
  pair: Pair | null,
  epochs: readonly EpochData[],
  { control, treatment }: { control: string; treatment: string },
): PairUnits {
  if (pair !== null) return { control: pair.control.n, treatment: pair.treatment.n };
  const all = (name: string) => epochs.reduce((total, { arms }) => total + (arms[name]?.n ?? 0), 0);
  return { control: all(control), treatment: all(treatment) };
}

/** Which days and units are still missing before the two may be compared, or null. */
export function missingFor(
  units: PairUnits,
  variant: string,
  design: Design,
  kind: MetricKind,
): WithheldReason | null {
  const { days, minimumDays = MINIMUM_DAYS } = design;
  if (days < minimumDays) return { code: "too_few_days", days, needed: minimumDays };
  const needed = minimumUnits(design, kind);
  if (units.control < needed)
    return { code: "too_few_units", variant: design.control, units: units.control, needed };
  return units.treatment < needed ? { code: "too_few_units", variant, units: units.treatment, needed } : null;
}

/** The same for conversions, if the metric is a rate. */
export function missingCounts({ control, treatment, conversions }: Pair): WithheldReason | null {
  if (conversions === null) return null;
  const needed = MINIMUM_CONVERSIONS;
  if (conversions < needed) return { code: "too_few_conversions", conversions, needed };
  const failures = control.n + treatment.n - conversions;
  return failures < needed ? { code: "too_few_failures", failures, needed } : null;
}

/**
 * Whether more units can remove the reason. Other reasons may stay for ever, so nothing waits for them: all units may go on
 * converting, and a denominator may stay 0.
 */
export function isMendedByTime({ code }: WithheldReason): boolean {
  return (
    code === "too_few_days" ||
    code === "too_few_units" ||
    code === "too_few_conversions" ||
    code === "no_data" ||
    code === "before_planned_end"
  );
}
