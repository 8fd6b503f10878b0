import type { StoredResult } from "../../../results/types";
import { type Scale, scaleAcrossZero } from "./scale";

export interface LiftPoint {
  /** Epoch milliseconds, the moment of the look. */
  at: number;
  lift: number | null;
  low: number | null;
  high: number | null;
  /** Of the interval; null where there is none. */
  level: number | null;
  pAdjusted: number;
}

/** What each look said of one variant, in the order of time. */
export function liftPoints({ series }: StoredResult, metric: string, variant: string): LiftPoint[] {
  return series.effects
    .filter((point) => point.metric === metric && point.variant === variant)
    .map(({ at, lift, interval, pAdjusted }) => ({
      at: Date.parse(at),
      lift,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      level: interval?.level ?? null,
      pAdjusted,
    }))
    .sort((a, b) => a.at - b.at);
}

/**
 * Zero, every lift, and the intervals of the later looks: the first ones are so wide that nothing else could be seen
 * beside them, and run out of the picture.
 */
export function liftScale(points: readonly LiftPoint[], minimumEffect: number | null): Scale {
  const settled = points.slice(Math.floor(points.length * 0.4));
  const shown = [
    0,
    ...points.flatMap(({ lift }) => lift ?? []),
    ...settled.flatMap(({ low, high }) => [low ?? [], high ?? []].flat()),
  ];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const hint = minimumEffect !== null && minimumEffect < 3 * Math.max(-low, high) ? minimumEffect : 0;
  return scaleAcrossZero(Math.min(low, -hint), Math.max(high, hint));
}

/** Whether some of it runs out of the picture, or has no end. */
export function isCut(points: readonly LiftPoint[], { domain }: Scale): boolean {
  return points.some(
    ({ lift, low, high }) =>
      lift !== null && (low === null || high === null || low < domain[0] || high > domain[1]),
  );
}
