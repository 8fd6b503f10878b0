import type { Interval, Verdict } from "./results-types";
import type { Primary } from "./verdict-evidence";

/** If nothing was found: whether to wait, and what is known so far. */
export function withoutDifference(
  primaries: readonly Primary[],
  toGo: { units: number; days: number | null },
): Verdict {
  if (toGo.units > 0) return { code: "keep_going", unitsToGo: toGo.units, daysToGo: toGo.days };
  const smallest = primaries.map(({ result, comparison }) => {
    const { minimumEffect } = result.metric;
    const { interval } = comparison.lift;
    return minimumEffect !== null && isInside(interval, minimumEffect) ? { minimumEffect, interval } : null;
  });
  const inside = smallest.filter((one) => one !== null);
  if (inside.length === primaries.length) {
    return {
      code: "no_difference_that_matters",
      low: Math.min(...inside.map(({ interval }) => interval.low)),
      high: Math.max(...inside.map(({ interval }) => interval.high)),
      minimumEffect: Math.max(...inside.map(({ minimumEffect }) => minimumEffect)),
    };
  }
  const hasLifts = primaries.every(({ comparison }) => comparison.lift.interval !== null);
  const intervals = primaries.map(({ comparison }) =>
    hasLifts ? (comparison.lift.interval ?? comparison.interval) : comparison.interval,
  );
  return { code: "no_clear_difference", scale: hasLifts ? "lift" : "difference", ...enclosing(intervals) };
}

function isInside(
  interval: Interval | null,
  margin: number,
): interval is Interval & { low: number; high: number } {
  return (
    interval !== null &&
    interval.low !== null &&
    interval.high !== null &&
    interval.low > -margin &&
    interval.high < margin
  );
}

function enclosing(intervals: readonly Interval[]): { low: number | null; high: number | null } {
  const lows = intervals.map(({ low }) => low);
  const highs = intervals.map(({ high }) => high);
  return {
    low: lows.includes(null) ? null : Math.min(...lows.map((low) => low ?? 0)),
    high: highs.includes(null) ? null : Math.max(...highs.map((high) => high ?? 0)),
  };
}
