import { DAY_MS } from "@calcom/lib/time";
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

/** Of all charts over time, in epoch milliseconds: what stands beside each other has one axis. */
export interface TimeSpan {
  from: number;
  until: number;
}

/** From the first day on to the moment up to which was counted. */
export function timeSpan(result: StoredResult): TimeSpan {
  const moments = [
    ...exposurePoints(result).map(({ at }) => at),
    ...result.series.effects.map(({ at }) => Date.parse(at)),
  ];
  const until = endOf(result);
  return { from: Math.min(until, ...moments), until: Math.max(until, ...moments) };
}

function endOf({ asOf, endedAt }: StoredResult): number {
  return Math.min(Date.parse(asOf), endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt));
}

export interface ExposurePoint {
  /** Epoch milliseconds, the end of a UTC day or the moment up to which was counted. */
  at: number;
  /** Up to then, by variant. */
  exposed: Record<string, number>;
}

/** From nobody on the first day to all of now. */
export function exposurePoints(result: StoredResult): ExposurePoint[] {
  const { series, variants } = result;
  const [first] = series.exposures;
  if (first === undefined) return [];
  const until = endOf(result);
  const total: Record<string, number> = Object.fromEntries(variants.map((name) => [name, 0]));
  const points: ExposurePoint[] = [{ at: Date.parse(first.day), exposed: { ...total } }];
  for (const { day, exposed } of series.exposures) {
    for (const name of variants) total[name] = (total[name] ?? 0) + (exposed[name] ?? 0);
    const end = Date.parse(day) + DAY_MS;
    points.push({ at: Date.parse(day) < until ? Math.min(end, until) : end, exposed: { ...total } });
  }
  return points;
}

const DASH = 6;

/**
 * Of lines that lie on each other each is seen in its turn: control is drawn through, and each that covers it leaves
 * gaps for those below. Undefined where they stand apart.
 */
export function dashesOf(
  points: readonly ExposurePoint[],
  place: number,
): { dash: string; offset: number } | undefined {
  const counts = Object.values(points.at(-1)?.exposed ?? {});
  const most = Math.max(...counts);
  if (place === 0 || most - Math.min(...counts) > 0.06 * most) return undefined;
  return { dash: `${DASH} ${DASH * (counts.length - 1)}`, offset: DASH * (1 - place) };
}

export interface NoveltyPoint {
  /** Whole days since the exposure. */
  day: number;
  /** Per subject, by variant. */
  perSubject: Record<string, number>;
  value: Record<string, number>;
}

export function noveltyPoints({ novelty }: StoredResult, metric: string): NoveltyPoint[] {
  const points = new Map<number, NoveltyPoint>();
  for (const { day, variant, subjects, value, ...row } of novelty) {
    if (row.metric !== metric || subjects === 0) continue;
    const point = points.get(day) ?? { day, perSubject: {}, value: {} };
    point.perSubject[variant] = value / subjects;
    point.value[variant] = value;
    points.set(day, point);
  }
  return [...points.values()].sort((a, b) => a.day - b.day);
}

/** Those whose windows have closed, by variant. */
export function noveltySubjects({ novelty }: StoredResult, metric: string): Record<string, number> {
  return Object.fromEntries(
    novelty.filter((row) => row.metric === metric).map(({ variant, subjects }) => [variant, subjects]),
  );
}
