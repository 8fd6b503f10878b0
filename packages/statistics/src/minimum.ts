import type { Pair } from "./combine";
import type { WithheldReason } from "./results-types";
import type { Design, MetricKind } from "./types";

export const MINIMUM_DAYS = 7;
const MINIMUM_UNITS = 100;
/** A ratio's units are often teams; below about 30 of them the delta method is not to be trusted. */
const MINIMUM_UNITS_OF_RATIO = 30;
export const MINIMUM_CONVERSIONS = 10;

export function minimumUnits(design: Pick<Design, "minimumUnits">, kind: MetricKind): number {
  return design.minimumUnits ?? (kind === "ratio" ? MINIMUM_UNITS_OF_RATIO : MINIMUM_UNITS);
}

/** What is still missing before the two may be compared, or null. */
export function missingFor(
  pair: Pair,
  variant: string,
  design: Design,
  kind: MetricKind,
): WithheldReason | null {
  const { days, minimumDays = MINIMUM_DAYS } = design;
  if (days < minimumDays) return { code: "too_few_days", days, needed: minimumDays };
  const needed = minimumUnits(design, kind);
  for (const [name, { n }] of [
    [design.control, pair.control],
    [variant, pair.treatment],
  ] as const) {
    if (n < needed) return { code: "too_few_units", variant: name, units: n, needed };
  }
  return pair.conversions === null ? null : missingCounts(pair, pair.conversions);
}

function missingCounts({ control, treatment }: Pair, conversions: number): WithheldReason | null {
  const needed = MINIMUM_CONVERSIONS;
  if (conversions < needed) return { code: "too_few_conversions", conversions, needed };
  const failures = control.n + treatment.n - conversions;
  return failures < needed ? { code: "too_few_failures", failures, needed } : null;
}
