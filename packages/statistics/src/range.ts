import type { Bounds } from "./score";
import type { Moments } from "./types";

/** Between which values of units lie, whatever else is seen; infinite where nobody knows. */
export interface Range {
  least: number;
  most: number;
}

export const RATE: Range = { least: 0, most: 1 };

/** Of a smallest value that was seen, only that none is negative is taken to hold for all. */
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
 * The bounds of a value, a difference and a lift, no further than any units could bring it. That keeps 0 where it is, in or
 * out, and the estimate within. What lies beyond the other variant's own rate stays: that rate is an estimate too, and to
 * cut there would leave out the truth as often as it is too high.
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
