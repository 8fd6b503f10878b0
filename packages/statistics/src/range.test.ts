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

type Drawn = readonly [number, number, readonly [number, number] | null];

/** Half of them adjusted by a covariate that may be far from that of the other variant. */
function rateOf([n, share, before]: Drawn): ArmData {
  const conversions = Math.round(n * share);
  return { kind: "rate", n, conversions, ...adjustedBy(n, (conversions * (n - conversions)) / n, before) };
}

/** Those who pay, pay 40. */
function revenueOf([n, share, before]: Drawn): ArmData {
  const payers = Math.round(n * share);
  const m2 = (1_600 * payers * (n - payers)) / n;
  const value = { mean: (40 * payers) / n, m2, min: payers === n ? 40 : 0, max: payers === 0 ? 0 : 40 };
  return { kind: "mean", n, value, ...adjustedBy(n, m2, before) };
}

function adjustedBy(n: number, m2: number, before: Drawn[2]) {
  if (before === null) return {};
  const [mean, correlation] = before;
  return { covariate: { mean, m2: n, comoment: correlation * Math.sqrt(n * m2) } };
}

describe("nothing said is beyond what any units could bring", () => {
  test.prop(
    [
      fc.constantFrom("rate" as const, "mean" as const),
      rates,
      rates,
      fc.constantFrom("sequential" as const, "fixed" as const),
      fc.integer({ min: 1, max: 8 }),
    ],
    { numRuns: 4_000 },
  )("of rates and of revenue, adjusted or not", (kind, control, urgent, mode, plannedComparisons) => {
    const isAdjusted = control[2] !== null && urgent[2] !== null;
    const [c, t] = [control, urgent].map(([n, share, before]) =>
      (kind === "rate" ? rateOf : revenueOf)([n, share, isAdjusted ? before : null]),
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
      metric: { id: "metric", kind, direction: "increase", role: "primary", minimumEffect: null },
      epochs: twoArms(c, t),
    });
    expect(contradictionsOfMetric(result)).toEqual([]);
    const most = kind === "rate" ? 1 : Infinity;
    for (const { value, interval } of result.arms) {
      if (value === null) continue;
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(most);
      if (interval === null) continue;
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.high).toBeLessThanOrEqual(most);
    }
    const [one] = result.comparisons;
    if (one?.status !== "compared") return;
    expect(one.interval.low ?? 0).toBeGreaterThanOrEqual(-most);
    expect(one.interval.high ?? 0).toBeLessThanOrEqual(most);
    const { value, interval } = one.lift;
    expect(value ?? 0).toBeGreaterThanOrEqual(-1);
    expect(interval?.low ?? 0).toBeGreaterThanOrEqual(-1);
  });
});
