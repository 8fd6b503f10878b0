import { fc, test } from "@fast-check/vitest";
import { describe, test as example, expect } from "vitest";
import { analyse } from "./metric";
import type { MetricResult } from "./results-types";
import { contradictionsOfMetric } from "./testing/contradictions";
import { Random } from "./testing/random";
import { twoArms } from "./testing/scenarios";
import type { AnalysisMode, ArmData, MetricInput, Moments } from "./types";

const modes = fc.constantFrom("sequential" as const, "fixed" as const);

function look(
  control: ArmData,
  urgent: ArmData,
  mode: AnalysisMode,
  change: Partial<MetricInput> = {},
): MetricResult {
  return analyse({
    control: "control",
    variants: ["control", "urgent"],
    mode,
    plannedUnits: control.n + urgent.n,
    plannedDays: null,
    days: 14,
    plannedComparisons: 1,
    metric: { id: "metric", kind: control.kind, direction: "increase", role: "primary", minimumEffect: null },
    epochs: twoArms(control, urgent),
    ...change,
  });
}

interface Sums {
  n: number;
  x: Moments;
  y: Moments;
  comoment: number;
}

/** As PostgreSQL adds them up (Youngs and Cramer), and in groups that are merged, as days are. */
function summed(pairs: readonly (readonly [x: number, y: number])[], groups: number): Sums {
  const size = Math.ceil(pairs.length / groups);
  const parts = Array.from({ length: groups }, (_, i) => added(pairs.slice(i * size, (i + 1) * size)));
  return parts.filter(({ n }) => n > 0).reduce(merged);
}

function added(pairs: readonly (readonly [number, number])[]): Sums {
  let [n, sx, sy, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (const [x, y] of pairs) {
    n += 1;
    sx += x;
    sy += y;
    if (n === 1) continue;
    const [dx, dy, scale] = [x * n - sx, y * n - sy, 1 / (n * (n - 1))];
    xx += dx * dx * scale;
    yy += dy * dy * scale;
    xy += dx * dy * scale;
  }
  return { n, x: { mean: sx / n, m2: xx, min: 0 }, y: { mean: sy / n, m2: yy, min: 0 }, comoment: xy };
}

function merged(a: Sums, b: Sums): Sums {
  const n = a.n + b.n;
  const [dx, dy, share] = [b.x.mean - a.x.mean, b.y.mean - a.y.mean, (a.n / n) * b.n];
  return {
    n,
    x: { mean: a.x.mean + dx * (b.n / n), m2: a.x.m2 + b.x.m2 + dx * dx * share, min: 0 },
    y: { mean: a.y.mean + dy * (b.n / n), m2: a.y.m2 + b.y.m2 + dy * dy * share, min: 0 },
    comoment: a.comoment + b.comoment + dx * dy * share,
  };
}

const prices = fc.oneof(
  fc.constantFrom(0.1, 9.99, 49.99, 1 / 3, 19.9, 1e6 / 7),
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
);
const sizes = fc.integer({ min: 100, max: 3_000 });
const groups = fc.integer({ min: 1, max: 30 });

describe("of values that are all the same nothing is said, whatever rounding makes of them", () => {
  test.prop([prices, sizes, sizes, groups, groups, modes])("means", (price, n, m, one, other, mode) => {
    const arm = (units: number, parts: number): ArmData => {
      const { y } = summed(Array(units).fill([1, price]), parts);
      return { kind: "mean", n: units, value: y };
    };
    const { comparisons } = look(arm(n, one), arm(m, other), mode);
    expect(comparisons).toMatchObject([{ status: "withheld", reason: { code: "no_variation" } }]);
  });

  test.prop([prices, sizes, sizes, groups, fc.integer(), modes])(
    "ratios, of which each part varies",
    (price, n, m, parts, seed, mode) => {
      const random = new Random(seed);
      const arm = (units: number): ArmData => {
        const bookings = Array.from({ length: units }, () => random.below(5));
        const { x, y, comoment } = summed(
          bookings.map((count) => [count, repeated(price, count)] as const),
          parts,
        );
        return { kind: "ratio", n: units, numerator: y, denominator: x, comoment };
      };
      const { comparisons } = look(arm(n), arm(m), mode);
      expect(comparisons).toMatchObject([{ status: "withheld", reason: { code: "no_variation" } }]);
    },
  );

  test.prop([prices, sizes, sizes, groups, fc.integer(), modes])(
    "values that what was known before explains, and it is said that they are not the same",
    (price, n, m, parts, seed, mode) => {
      const random = new Random(seed);
      const arm = (units: number): ArmData => {
        const before = Array.from({ length: units }, () => random.below(5));
        const { x, y, comoment } = summed(
          before.map((count) => [count, repeated(price, count)] as const),
          parts,
        );
        return { kind: "mean", n: units, value: y, covariate: { ...x, comoment } };
      };
      const { comparisons } = look(arm(n), arm(m), mode);
      expect(comparisons).toMatchObject([{ status: "withheld", reason: { code: "no_variation_left" } }]);
    },
  );

  test.prop([prices, sizes, groups, fc.integer(), modes])(
    "a covariate that does not vary changes nothing",
    (price, n, parts, seed, mode) => {
      const random = new Random(seed);
      const arm = (lift: number) =>
        summed(
          Array.from({ length: n }, () => [price, lift + random.normal()] as const),
          parts,
        );
      const [control, urgent] = [arm(5), arm(5.2)];
      const plain = ({ y }: Sums): ArmData => ({ kind: "mean", n, value: y });
      const adjusted = ({ x, y, comoment }: Sums): ArmData => ({
        kind: "mean",
        n,
        value: y,
        covariate: { ...x, comoment },
      });
      const [before] = look(plain(control), plain(urgent), mode).comparisons;
      const [after] = look(adjusted(control), adjusted(urgent), mode).comparisons;
      if (before?.status !== "compared" || after?.status !== "compared") expect.fail("They are compared.");
      expect([after.p, after.difference]).toEqual([before.p, before.difference]);
    },
  );

  example("two prices are told apart, and it is said that nothing tells how sure", () => {
    const arm = (price: number): ArmData => ({
      kind: "mean",
      n: 1_000,
      value: summed(Array(1_000).fill([1, price]), 7).y,
    });
    expect(look(arm(9.99), arm(10), "sequential").comparisons).toMatchObject([
      { status: "withheld", reason: { code: "no_variation_within", variant: "urgent" } },
    ]);
  });

  test.prop([fc.double({ min: 1e3, max: 1e6, noNaN: true }), fc.integer()], { numRuns: 30 })(
    "values that differ by a hundred millionth are still compared",
    (price, seed) => {
      const random = new Random(seed);
      const arm = (): ArmData => {
        const { y } = summed(
          Array.from({ length: 2_000 }, () => [1, price * (1 + 1e-8 * random.normal())] as const),
          10,
        );
        return { kind: "mean", n: 2_000, value: y };
      };
      expect(look(arm(), arm(), "fixed").comparisons).toMatchObject([{ status: "compared" }]);
    },
  );
});

function repeated(price: number, times: number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += price;
  return sum;
}

const magnitudes = fc.integer({ min: -175, max: 175 }).map((exponent) => 10 ** exponent);

describe("of values of any magnitude", () => {
  test.prop([magnitudes, magnitudes, fc.integer(), modes, fc.boolean()], { numRuns: 500 })(
    "there is a number or a reason, and no NaN",
    (one, other, seed, mode, isRatio) => {
      const random = new Random(seed);
      const moments = (size: number, mean: number): Moments => ({
        mean: mean * size,
        m2: 2 * size * size * random.gamma(500),
        min: 0,
      });
      const arm = (n: number): ArmData => {
        const [y, x] = [moments(one, 1 + random.uniform()), moments(other, 2 + random.uniform())];
        const comoment = 0.4 * Math.sqrt(y.m2) * Math.sqrt(x.m2);
        return isRatio
          ? { kind: "ratio", n, numerator: y, denominator: x, comoment }
          : { kind: "mean", n, value: y, covariate: { ...x, comoment } };
      };
      const result = look(arm(1_000), arm(400), mode);
      expect(contradictionsOfMetric(result)).toEqual([]);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      const isInside = [one, other].every((size) => size > 1e-149 && size < 1e149);
      const [comparison] = result.comparisons;
      if (isInside) expect(comparison).toMatchObject({ status: "compared" });
      else if (comparison?.status === "withheld") expect(comparison.reason.code).toBe("invalid_data");
    },
  );

  test.prop([fc.integer({ min: -140, max: 140 }), fc.integer(), modes])(
    "p and lift are those of the same values in another unit",
    (exponent, seed, mode) => {
      const random = new Random(seed);
      const [a, b] = [1 + random.uniform(), 1 + random.uniform()];
      const arm = (mean: number, size: number): ArmData => ({
        kind: "mean",
        n: 1_000,
        value: { mean: mean * size, m2: 2_000 * size * size, min: 0 },
      });
      const at = (size: number) => look(arm(a, size), arm(b, size), mode).comparisons[0];
      const [near, far] = [at(1), at(10 ** exponent)];
      if (near?.status !== "compared" || far?.status !== "compared") expect.fail("They are compared.");
      expect(far.p).toBeCloseTo(near.p, 9);
      expect(far.lift.interval?.low).toBeCloseTo(near.lift.interval?.low ?? 0, 9);
      expect(far.chance?.lossOfControl).toBeGreaterThanOrEqual(0);
    },
  );
});
