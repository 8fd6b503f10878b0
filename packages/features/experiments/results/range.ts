import type { DayRange } from "../types/range";
import type { RangeMetric, RangeView } from "./range-types";
import type { StoredResult } from "./types";
import type { Withholding } from "./withholding";

/**
 * What participants brought who came on these days. It only describes: of many ranges some look better by chance, so that
 * none has a comparison. What waits by variant waits here too.
 */
export function describeRange(
  result: StoredResult,
  { from, to }: DayRange,
  withholding: Withholding | null,
): RangeView {
  const isWithin = (day: string) => day >= from && day <= to;
  const exposures = result.series.exposures.filter(({ day }) => isWithin(day));
  const told = result.metrics.filter(({ key }) => withholding === null || !isWaiting(key, withholding));
  const days = (result.days ?? []).map((one) => ({
    ...one,
    days: Object.entries(one.days).flatMap(([day, counts]) => (isWithin(day) ? [counts] : [])),
  }));
  const metrics = told.map(
    ({ key, name, role, kind, currency, isChosenAfterStart, isRedefined }): RangeMetric => ({
      key,
      name,
      role,
      kind,
      ...(isChosenAfterStart && { isChosenAfterStart }),
      ...(isRedefined && { isRedefined }),
      ...(currency !== undefined && { currency }),
      rows: result.variants.map((variant) => {
        const [subjects, y, x] = addUp(
          days.flatMap((one) => (one.metric === key && one.variant === variant ? one.days : [])),
        );
        return {
          variant,
          subjects,
          converted: kind === "conversion" ? y : null,
          value: x === 0 ? null : y / x,
        };
      }),
    }),
  );
  return {
    slug: result.slug,
    asOf: result.asOf,
    from,
    to,
    first: result.series.exposures[0]?.day ?? null,
    last: result.series.exposures.at(-1)?.day ?? null,
    windowDays: result.windowDays,
    control: result.control,
    variants: result.variants,
    exposed: Object.fromEntries(
      result.variants.map((variant) => [
        variant,
        exposures.reduce((sum, { exposed }) => sum + (exposed[variant] ?? 0), 0),
      ]),
    ),
    isWithheld: withholding !== null,
    isCounted: result.days !== undefined,
    phases: new Set(days.flatMap((one) => (one.days.length > 0 ? [one.epoch] : []))).size,
    metrics,
  };
}

function isWaiting(key: string, { isAll, metrics }: Withholding): boolean {
  return isAll || metrics.has(key);
}

function addUp(counts: readonly (readonly [number, number, number])[]): [number, number, number] {
  const sum = (at: 0 | 1 | 2) => counts.reduce((total, count) => total + count[at], 0);
  return [sum(0), sum(1), sum(2)];
}
