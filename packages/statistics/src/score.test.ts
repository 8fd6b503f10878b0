import { fc, test } from "@fast-check/vitest";
import { describe, test as example, expect } from "vitest";
import { normalIsf } from "./dist";
import { analyse } from "./metric";
import { ratesOf, type Stratum, scoreDifference, scoreLift, scoreTest } from "./score";
import { twoArms } from "./testing/scenarios";

const ALPHAS = [0.05, 0.025, 0.0167, 0.01];
const counts = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 50_000 })),
    fc.oneof(
      fc.constantFrom(0, 1),
      fc.double({ min: 0, max: 0.02, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  )
  .map(([n, share]) => ({ n, x: Math.round(n * share) }));
const strata = fc
  .array(fc.tuple(counts, counts, fc.boolean()), { minLength: 1, maxLength: 4 })
  .filter((all) => all.some(([c, t]) => c.n + t.n > 2))
  .map((all) => {
    const weights = all.map(([c, t]) => (c.n * t.n) / (c.n + t.n));
    const whole = weights.reduce((a, b) => a + b, 0);
    return all.map(([control, treatment, isGuarded], i): Stratum => {
      const spread = ({ n, x }: typeof control) => (x / n) * (1 - x / n);
      const least = {
        control: isGuarded && control.n < treatment.n ? spread(control) : 0,
        treatment: isGuarded && treatment.n < control.n ? spread(treatment) : 0,
      };
      return { weight: (weights[i] ?? 0) / whole, control, treatment, least };
    });
  });

describe("of rates over any strata", () => {
  test.prop([strata, fc.constantFrom(...ALPHAS)], { numRuns: 1_000 })(
    "difference and lift exclude 0 exactly where p is at most alpha, and on the side of the difference",
    (all, alpha) => {
      const { z, p } = scoreTest(all);
      const side = z !== null && p <= alpha ? Math.sign(z) : 0;
      for (const { low, high } of [scoreDifference(all, alpha), scoreLift(all, alpha)]) {
        expect(low > 0 ? 1 : high < 0 ? -1 : 0).toBe(side);
      }
    },
  );

  test.prop([strata, fc.constantFrom(...ALPHAS)], { numRuns: 1_000 })(
    "no bound is beyond what is possible, and a finite one of the lift is no end of a search",
    (all, alpha) => {
      const difference = scoreDifference(all, alpha);
      expect(difference.low).toBeGreaterThanOrEqual(-1);
      expect(difference.high).toBeLessThanOrEqual(1);
      const { low, high } = scoreLift(all, alpha);
      const { control } = ratesOf(all);
      // Further out than this, a control with one conversion among all its units would be a miracle.
      const units = all.reduce((total, one) => total + one.control.n + one.treatment.n, 0);
      if (Number.isFinite(high))
        expect(high).toBeLessThan((1e3 * normalIsf(alpha) * units) / Math.min(1, control));
      expect(low).toBeGreaterThanOrEqual(-1);
    },
  );

  example("of strata that pull in opposite directions p has the last word", () => {
    const weights = [160 / 161, (160 * 2_732) / 2_892];
    const whole = 160 / 161 + (160 * 2_732) / 2_892;
    const opposed: Stratum[] = [
      { weight: (weights[0] ?? 0) / whole, control: { n: 1, x: 0 }, treatment: { n: 160, x: 159 } },
      { weight: (weights[1] ?? 0) / whole, control: { n: 160, x: 0 }, treatment: { n: 2_732, x: 1 } },
    ];
    const { p } = scoreTest(opposed);
    for (const alpha of ALPHAS) {
      expect(scoreDifference(opposed, alpha).low > 0).toBe(p <= alpha);
      expect(scoreLift(opposed, alpha).low > 0).toBe(p <= alpha);
    }
  });
});

example.each([
  [300, 2, 5_700, 400],
  [1_000, 3, 4_000, 40],
  [160, 3, 2_732, 100],
])("a control of %i with %i conversions beside %i with %i sets no upper end to the lift", (n, x, m, y) => {
  const [one] = analyse({
    control: "control",
    variants: ["control", "urgent"],
    mode: "fixed",
    plannedUnits: 100,
    plannedDays: null,
    days: 14,
    plannedComparisons: 1,
    metric: { id: "metric", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
    epochs: twoArms({ kind: "rate", n, conversions: x }, { kind: "rate", n: m, conversions: y }),
  }).comparisons;
  expect(one).toMatchObject({ status: "compared", lift: { interval: { high: null }, reason: null } });
});
