import type { ArmData } from "../types";

export const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });

/** Of revenue per booking; nobody books where there are none. */
export const ratio = (n: number, bookings: number): ArmData => ({
  kind: "ratio",
  n,
  numerator: { mean: 5 * bookings, m2: 25 * bookings * n, min: 0 },
  denominator: { mean: bookings, m2: bookings * n, min: 0 },
  comoment: 3 * bookings * n,
});
