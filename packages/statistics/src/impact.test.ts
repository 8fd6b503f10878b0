import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { impactPerMonth } from "./impact";
import { analyse } from "./index";

const compared = (difference: number, low: number | null, high: number | null) => ({
  difference,
  interval: { low, high, level: 0.95 },
});

describe("the impact per month", () => {
  test("is the difference of one unit times the units of 30 days, and so are its bounds", () => {
    // 2 points more of 200 a day are 120 conversions in 30 days.
    const impact = impactPerMonth("rate", compared(0.02, 0.01, 0.035), 200);
    expect(impact?.value).toBeCloseTo(120, 9);
    expect(impact?.interval.low).toBeCloseTo(60, 9);
    expect(impact?.interval.high).toBeCloseTo(210, 9);
    expect(impact).toMatchObject({ unitsPerMonth: 6_000, interval: { level: 0.95 } });
  });

  test("is lift × baseline × traffic of a comparison that the engine made", () => {
    const result = analyse({
      control: "a",
      variants: ["a", "b"],
      mode: "sequential",
      plannedUnits: 20_000,
      plannedDays: null,
      days: 14,
      plannedComparisons: 1,
      metric: { id: "m", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
      epochs: [
        {
          epoch: 1,
          weights: { a: 50, b: 50 },
          arms: {
            a: { kind: "rate", n: 10_000, conversions: 1_000 },
            b: { kind: "rate", n: 10_000, conversions: 1_300 },
          },
        },
      ],
    });
    const [comparison] = result.comparisons;
    if (comparison?.status !== "compared") throw new Error("It has to be compared.");
    const impact = impactPerMonth("rate", comparison, 1_000);
    expect(impact?.value).toBeCloseTo((comparison.lift.value ?? 0) * comparison.controlValue * 30_000, 6);
    expect(impact?.interval.low).toBeGreaterThan(0);
  });

  test("keeps an open side open", () => {
    expect(impactPerMonth("mean", compared(2, null, 3), 10)?.interval).toMatchObject({
      low: null,
      high: 900,
    });
  });

  test.each([
    ["of a ratio, whose values do not add up", "ratio", 1, 10],
    ["where nobody was exposed", "mean", 1, 0],
    ["where it overflows", "mean", 1e308, 10],
  ] as const)("is not said %s", (_what, kind, difference, unitsPerDay) => {
    expect(impactPerMonth(kind, compared(difference, 0, null), unitsPerDay)).toBeNull();
  });

  property.prop([
    fc.integer({ min: -1_000, max: 1_000 }),
    fc.integer({ min: 0, max: 1_000 }),
    fc.integer({ min: 1, max: 1_000_000 }),
  ])("has its value inside its bounds, and excludes 0 where the difference does", (points, width, units) => {
    const [low, high] = [(points - width) / 1_000, (points + width) / 1_000];
    const impact = impactPerMonth("rate", compared(points / 1_000, low, high), units);
    const { low: least, high: most } = impact?.interval ?? { low: null, high: null };
    if (impact === null || least === null || most === null) throw new Error("It has to be said.");
    expect(least <= impact.value && impact.value <= most).toBe(true);
    expect([least > 0, most < 0]).toEqual([low > 0, high < 0]);
  });
});
