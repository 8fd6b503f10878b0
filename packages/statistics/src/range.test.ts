import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { analyse } from "./metric";
import { contradictionsOfMetric } from "./testing/contradictions";
import { twoArms } from "./testing/scenarios";
import type { ArmData } from "./types";

const sizes = fc.integer({ min: 3, max: 2_000 });
const shares = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const rates = fc.tuple(
  sizes,
  shares,
  fc.option(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), shares)),
);

/** Half of them adjusted by a covariate that may be far from that of the other variant. */
function rateOf([n, share, before]: readonly [number, number, readonly [number, number] | null]): ArmData {
  const conversions = Math.round(n * share);
  if (before === null) return { kind: "rate", n, conversions };
  const [mean, correlation] = before;
  const m2 = (conversions * (n - conversions)) / n;
  return {
    kind: "rate",
    n,
    conversions,
    covariate: { mean, m2: n, comoment: correlation * Math.sqrt(n * m2) },
  };
}

describe("no bound is beyond what any units could bring", () => {
  test.prop(
    [rates, rates, fc.constantFrom("sequential" as const, "fixed" as const), fc.integer({ min: 1, max: 8 })],
    {
      numRuns: 2_000,
    },
  )("of rates, adjusted or not", (control, urgent, mode, plannedComparisons) => {
    const isAdjusted = control[2] !== null && urgent[2] !== null;
    const [c, t] = [control, urgent].map(([n, share, before]) =>
      rateOf([n, share, isAdjusted ? before : null]),
    ) as [ArmData, ArmData];
    const result = analyse({
      control: "control",
      variants: ["control", "urgent"],
      mode,
      plannedUnits: mode === "fixed" ? c.n + t.n : 100,
      plannedDays: null,
      days: 14,
      minimumUnits: 3,
      plannedComparisons,
      metric: { id: "metric", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
      epochs: twoArms(c, t),
    });
    expect(contradictionsOfMetric(result)).toEqual([]);
    for (const { value, interval } of result.arms) {
      if (value === null || interval === null) continue;
      expect(interval.low).toBeGreaterThanOrEqual(Math.min(0, value));
      expect(interval.high).toBeLessThanOrEqual(Math.max(1, value));
    }
    const [one] = result.comparisons;
    if (one?.status !== "compared") return;
    expect(one.interval.low).toBeGreaterThanOrEqual(Math.min(-1, one.difference));
    expect(one.interval.high).toBeLessThanOrEqual(Math.max(1, one.difference));
    const { value, interval } = one.lift;
    if (interval !== null) expect(interval.low).toBeGreaterThanOrEqual(Math.min(-1, value ?? -1));
  });
});
