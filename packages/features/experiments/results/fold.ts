import { foldRecent } from "./fold-counts";
import { cellOf, foldMoments, foldSegments } from "./fold-moments";
import { foldRows, type Three, UNKNOWN } from "./fold-rows";
import type { CountedRecount, Recount } from "./recount-rows";

/**
 * What is counted now, from what was counted before and from those subjects whose counts may have changed, as they
 * counted before and as they count now. Null where that cannot be told exactly: then all are counted.
 */
export function foldRecount(before: Recount, then: Recount, now: Recount): Recount | null {
  try {
    const population = addCounts(before.population, then.population, now.population);
    const sizes = new Map(population.map((row) => [cellOf(row), row.n]));
    if ([before, then, now].some(({ smallSegments }) => (smallSegments ?? []).length > 0)) return null;
    return {
      ...now,
      imported: before.imported - then.imported + now.imported,
      mixed: before.mixed - then.mixed + now.mixed,
      population,
      erased: addCounts(before.erased, then.erased, now.erased),
      moments: foldMoments(before.moments, then.moments, now.moments, sizes),
      novelty: foldRows(
        ["metric", "variant", "day"],
        ["value"],
        [before.novelty, then.novelty, now.novelty],
      ).filter(({ value }) => value !== 0),
      segments: foldSegments(before.segments, then.segments, now.segments),
      segmentSplit: foldSplits(
        ...([before, then, now].map(({ segmentSplit }) => segmentSplit ?? []) as Three<Split[]>),
      ),
      smallSegments: [],
    };
  } catch (error) {
    if (error === UNKNOWN) return null;
    throw error;
  }
}

/** The same, with the counts. */
export function foldCountedRecount(
  before: CountedRecount,
  then: CountedRecount,
  now: CountedRecount,
): CountedRecount | null {
  const recount = foldRecount(before, then, now);
  const parts: Three<CountedRecount["converted"]> = [before.converted, then.converted, now.converted];
  const converted = foldRows(["variant", "event"], ["n"], parts).filter(({ n }) => n !== 0);
  const recent = foldRecent(before.recent, then.recent, now.recent);
  if (recount === null || [...converted, ...recent].some(({ n }) => n < 0)) return null;
  return {
    ...recount,
    converted,
    recent,
    assignments: before.assignments - then.assignments + now.assignments,
  };
}

type Split = NonNullable<Recount["segmentSplit"]>[number];
function addCounts<Row extends { epoch: number; variant: string; day: string | null; n: number }>(
  ...parts: Three<Row[]>
): Row[] {
  const rows = foldRows<Row>(["epoch", "variant", "day"], ["n"], parts).filter(({ n }) => n !== 0);
  if (rows.some(({ n }) => n < 0)) throw UNKNOWN;
  return rows;
}

function foldSplits(...parts: Three<Split[]>): Split[] {
  const flat = parts.map((part) =>
    part.flatMap(({ days, ...of }) => Object.entries(days).map(([day, n]) => ({ ...of, day, n }))),
  ) as Three<(Omit<Split, "days"> & { day: string; n: number })[]>;
  const splits = new Map<string, Split>();
  for (const { day, n, ...of } of foldRows(["fact", "value", "epoch", "variant", "day"], ["n"], flat)) {
    if (n === 0) continue;
    const key = JSON.stringify(of);
    const split = splits.get(key) ?? { ...of, days: {} };
    split.days[day] = n;
    splits.set(key, split);
  }
  return [...splits.values()];
}
