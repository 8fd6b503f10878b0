import { DAY_MS } from "@calcom/lib/time";
import type { StoredResult } from "../../../results/types";

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

/** From 0 on the first day to the present number. */
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
