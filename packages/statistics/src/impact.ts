import type { Compared, Interval } from "./results-types";
import type { MetricKind } from "./types";

/** So many days are a month here: months of a calendar are not alike. */
const MONTH_DAYS = 30;

/** In the unit of the metric: conversions, or the sum of its values, in 30 days. */
export interface Impact {
  value: number;
  /** Excludes 0 exactly where the comparison does. */
  interval: Interval;
  /** Units of all variants that were exposed in 30 days: what the difference of one unit is multiplied by. */
  unitsPerMonth: number;
}

/**
 * What a month would have more, or less, if all of the traffic of the experiment had the variant instead of control.
 *
 * Lift × baseline is the difference of one unit, d = m_T − m_C (Kohavi, Tang and Xu 2020, ch. 17); the impact is N · d,
 * with N = 30 days × units exposed per day. Its interval is N times that of d: for a conversion d is a share of units, so
 * N · d counts conversions; for a mean it is a sum of values. N is what came, taken as known: no forecast.
 *
 * Null for ratios, whose values do not add up over units; where nobody was exposed; and where a figure overflows.
 */
export function impactPerMonth(
  kind: MetricKind,
  { difference, interval }: Pick<Compared, "difference" | "interval">,
  unitsPerDay: number,
): Impact | null {
  const unitsPerMonth = MONTH_DAYS * unitsPerDay;
  const value = difference * unitsPerMonth;
  if (kind === "ratio" || !(unitsPerMonth > 0) || !Number.isFinite(value)) return null;
  const bound = (of: number | null) => {
    const product = of === null ? null : of * unitsPerMonth;
    return product !== null && Number.isFinite(product) ? product : null;
  };
  return {
    value,
    interval: { low: bound(interval.low), high: bound(interval.high), level: interval.level },
    unitsPerMonth,
  };
}
