import type { Random } from "../internals";
import type { Sums } from "../sums";

/** How a metric's values come about. */
export interface Kind {
  id: string;
  /** As the table says it. */
  name: string;
  metric: "rate" | "mean" | "ratio";
  /** x is what was known of the units before, and not a denominator. */
  isAdjusted: boolean;
  /** Some units have negative values. */
  isSigned?: boolean;
  /** Units of all variants for which it is tried, given the share of the smallest variant. */
  sizes(smallestShare: number): number[];
  /** The largest lift that it can have. */
  mostLift: number;
  /** Adds so many units of one variant. */
  draw(random: Random, n: number, factor: number, into: Sums): void;
  /** What one unit adds on average. */
  expected(factor: number): Sums;
}

/** Where acting units are few, 100,000 units cost little. */
export const bothSizes = () => [10_000, 100_000];
export const oneSize = () => [10_000];

// A lift makes the treatment vary more than control. The largest ones that cells ask for double the variance of a unit, and
// somewhat more: twice as many who act, or amounts that are half as large again. Where amounts are twice as large, and
// so skewed that few units hold most of the sum, no variance that was seen among few units is enough.
export const TWICE_AS_MANY = 1;
export const HALF_AS_LARGE_AGAIN = 0.5;
