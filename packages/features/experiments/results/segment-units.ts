import type { EpochUnits, SegmentUnits } from "@calcom/statistics";
import { type Cut, isBefore, type Recount, type Weights } from "./recount-rows";

/**
 * Exposed subjects by segment, epoch and variant at one look: what the split of each segment is held to. Values that
 * are written alike are one segment.
 */
export function countSegmentUnits(
  { segmentSplit = [] }: Recount,
  weights: Weights,
  cut: Cut,
): SegmentUnits[] {
  const segments = new Map<string, { fact: string; value: string; epochs: Map<number, EpochUnits> }>();
  for (const { fact, value, epoch, variant, days } of segmentSplit) {
    const n = Object.entries(days).reduce(
      (total, [day, count]) => total + (isBefore(day, cut) ? count : 0),
      0,
    );
    if (n === 0) continue;
    const key = JSON.stringify([fact, String(value)]);
    const segment = segments.get(key) ?? {
      fact,
      value: String(value),
      epochs: new Map<number, EpochUnits>(),
    };
    segments.set(key, segment);
    const entry = segment.epochs.get(epoch) ?? { epoch, weights: weights.get(epoch) ?? {}, units: {} };
    entry.units[variant] = (entry.units[variant] ?? 0) + n;
    segment.epochs.set(epoch, entry);
  }
  return [...segments.values()]
    .map(({ fact, value, epochs }) => ({
      fact,
      value,
      split: [...epochs.values()].sort((a, b) => a.epoch - b.epoch),
    }))
    .sort((a, b) => compare(a.fact, b.fact) || compare(a.value, b.value));
}

/** By code points: the order is stored, and must not depend on a language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
