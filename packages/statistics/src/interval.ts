import type { Interval } from "./results-types";

/** An infinite bound is open. */
export function intervalOf({ low, high }: { low: number; high: number }, alpha: number): Interval {
  const bound = (value: number) => (Number.isFinite(value) ? value : null);
  return { low: bound(low), high: bound(high), level: 1 - alpha };
}
