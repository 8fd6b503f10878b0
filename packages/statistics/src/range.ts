import type { Bounds } from "./score";
import type { Moments } from "./types";

/** The limits of possible values of units; infinite if unknown. */
export interface Range {
  least: number;
  most: number;
}

export const RATE: Range = { least: 0, most: 1 };

/** Observed minimums only tell whether values can be negative. They set no other limit. */
export function rangeOf(parts: readonly Moments[]): Range {
  const isNeverNegative = parts.every(({ min }) => min !== undefined && min >= 0);
  return { least: isNeverNegative ? 0 : -Infinity, most: Infinity };
}

export function rangeOver(ranges: readonly Range[]): Range {
  return {
    least: Math.min(...ranges.map(({ least }) => least)),
    most: Math.max(...ranges.map(({ most }) => most)),
  };
}

/** The possible value that is nearest. */
export function withinRange(value: number, { least, most }: Range): number {
  return Math.min(most, Math.max(least, value));
}

/**
 * Cuts the bounds of a value, a difference or a lift to what is possible. Whether 0 is inside does not change, and the
 * estimate stays inside. Bounds are not cut at the other variant's rate: it is an estimate too, and cutting there would
 * exclude the truth whenever it is too high.
 */
export const possible = {
  value: (bounds: Bounds, range: Range) => cut(bounds, range),
  difference: (bounds: Bounds, { least, most }: Range) =>
    cut(bounds, { least: least - most, most: most - least }),
  lift: (bounds: Bounds, { least }: Range) =>
    cut(bounds, { least: least >= 0 ? -1 : -Infinity, most: Infinity }),
};

function cut({ low, high }: Bounds, { least, most }: Range): Bounds {
  return { low: Math.max(low, least), high: Math.min(high, most) };
}
