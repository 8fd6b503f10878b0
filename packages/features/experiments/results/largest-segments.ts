import { LEAST_SUBJECTS } from "../types/segments";
import type { Recount } from "./recount-rows";

type Value = string | number | boolean;

/**
 * Keeps the values of each fact with the most subjects, and none of few, as the statement does where it is asked for so many. Null where
 * it would not be certain to keep the same: texts of the same size are in the order of the database.
 */
export function keepLargest(recount: Recount, most: number): Recount | null {
  const { segmentSplit = [], smallSegments = [] } = recount;
  if (smallSegments.length > 0) return null;
  const sizes = new Map<string, Map<Value, number>>();
  for (const { fact, value, days } of segmentSplit) {
    const values = sizes.get(fact) ?? new Map<Value, number>();
    const size = Object.values(days).reduce((sum, n) => sum + n, 0);
    sizes.set(fact, values.set(value, (values.get(value) ?? 0) + size));
  }
  const kept = new Map<string, Set<Value>>();
  const small: NonNullable<Recount["smallSegments"]> = [];
  for (const [fact, values] of sizes) {
    const sorted = [...values].sort(([a, n], [b, m]) => m - n || compare(a, b));
    const [last, next] = [sorted[most - 1], sorted[most]];
    const isTie = last && next && last[1] === next[1] && last[1] >= LEAST_SUBJECTS;
    if (isTie && (typeof last[0] === "string" || typeof next[0] === "string")) return null;
    const largest = sorted.slice(0, most).filter(([, n]) => n >= LEAST_SUBJECTS);
    kept.set(fact, new Set(largest.map(([value]) => value)));
    const others = sorted.slice(largest.length);
    if (others.length > 0)
      small.push({ fact, values: others.length, subjects: others.reduce((sum, [, n]) => sum + n, 0) });
  }
  const isKept = ({ fact, value }: { fact: string; value: Value }) => kept.get(fact)?.has(value) === true;
  return {
    ...recount,
    segments: recount.segments.filter(isKept),
    segmentSplit: segmentSplit.filter(isKept),
    smallSegments: small,
  };
}

/** As PostgreSQL orders JSON: numbers before truth values. */
function compare(a: Value, b: Value): number {
  return typeof a === typeof b ? Number(a) - Number(b) : typeof a === "number" ? -1 : 1;
}
