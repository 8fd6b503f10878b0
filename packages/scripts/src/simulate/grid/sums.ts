import type { Moments } from "./internals";

/**
 * Sums over units: of the value y (for a ratio the numerator), of x (its denominator, or what was known before) and of
 * their squares and product. Plain sums: at 100,000 units whose spread is no smaller than a tenth of their mean, ten
 * digits are left, and adding up days is exact.
 */
export interface Sums {
  n: number;
  /** Units that converted, paid or booked. */
  acting: number;
  y: number;
  yy: number;
  x: number;
  xx: number;
  xy: number;
}

export function noSums(): Sums {
  return { n: 0, acting: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 };
}

export function addValue(sums: Sums, y: number): void {
  sums.y += y;
  sums.yy += y * y;
}

export function addBoth(sums: Sums, y: number, x: number): void {
  addValue(sums, y);
  sums.x += x;
  sums.xx += x * x;
  sums.xy += x * y;
}

/** Of y and of x: mean and sum of squared deviations from it; and the sum of products of deviations. */
export function momentsOf({ n, y, yy, x, xx, xy }: Sums): { y: Moments; x: Moments; comoment: number } {
  return {
    y: { mean: y / n, m2: Math.max(0, yy - (y * y) / n) },
    x: { mean: x / n, m2: Math.max(0, xx - (x * x) / n) },
    comoment: xy - (x * y) / n,
  };
}
