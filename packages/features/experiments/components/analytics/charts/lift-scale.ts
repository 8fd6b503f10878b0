import type { MetricResult } from "@calcom/statistics";
import { type Scale, scaleAcrossZero } from "./scale";

export interface DrawnLift {
  lift: number | null;
  /** A side that is null is open. */
  interval: { low: number | null; high: number | null } | null;
  /** The smallest effect that matters: what lies within it to either side is shaded. */
  zone?: number | null;
}

/** One scale for all rows, so that they can be held against each other; zero is on it. What is wider runs out of it. */
export function commonLiftScale(rows: readonly DrawnLift[]): Scale {
  const lifts = rows.flatMap(({ lift }) => lift ?? []);
  // Beside one interval of a thousand percent all others would be dots.
  const most = 3 * Math.max(0.05, ...lifts.map(Math.abs), narrowest(rows));
  const bounds = rows.flatMap(({ interval }) => [interval?.low ?? [], interval?.high ?? []].flat());
  const within = bounds.map((bound) => Math.min(Math.max(bound, -most), most));
  // The edges of a zone are seen, unless all else would vanish beside them.
  const widest = 3 * Math.max(...[...lifts, ...within].map(Math.abs));
  const zones = rows.flatMap(({ zone }) => (zone && zone < widest ? [-zone, zone] : []));
  const shown = [0, ...lifts, ...within, ...zones];
  return scaleAcrossZero(Math.min(...shown), Math.max(...shown), 4);
}

function narrowest(rows: readonly DrawnLift[]): number {
  const widths = rows.flatMap(({ interval }) =>
    interval === null || interval.low === null || interval.high === null ? [] : interval.high - interval.low,
  );
  return widths.length === 0 ? 0 : Math.min(...widths) / 2;
}

/** What is drawn of the comparisons of a metric; nothing of those that are withheld. */
export function drawnLifts({
  metric,
  comparisons,
}: Pick<MetricResult, "metric" | "comparisons">): DrawnLift[] {
  return comparisons.flatMap((one) =>
    one.status === "compared"
      ? [{ lift: one.lift.value, interval: one.lift.interval, zone: metric.minimumEffect }]
      : [],
  );
}
