import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { analyseExperiment } from "./experiment";
import { analyse } from "./metric";
import type { Compared, MetricResult } from "./results-types";
import { contradictionsOf } from "./testing/contradictions";
import { Random } from "./testing/random";
import { aScenario, twoArms } from "./testing/scenarios";
import type { ArmData, MetricInput } from "./types";

const modes = fc.constantFrom("sequential" as const, "fixed" as const);
const rates = fc
  .tuple(fc.integer({ min: 100, max: 50_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]): ArmData => ({ kind: "rate", n, conversions: Math.round(n * share) }));
const amounts = fc.double({ min: 0.01, max: 1_000, noNaN: true });
const means = fc
  .tuple(fc.integer({ min: 100, max: 50_000 }), fc.integer({ min: -100_000, max: 100_000 }), amounts)
  .map(
    ([n, mean, sd]): ArmData => ({ kind: "mean", n, value: { mean: mean / 1_000, m2: (n - 1) * sd * sd } }),
  );
const pairs = fc.oneof(fc.tuple(rates, rates), fc.tuple(means, means));

function look(control: ArmData, treatment: ArmData, change: Partial<MetricInput> = {}): MetricInput {
  return {
    control: "control",
    variants: ["control", "urgent"],
    mode: "sequential",
    plannedUnits: control.n + treatment.n,
    plannedDays: null,
    days: 14,
    plannedComparisons: 1,
    metric: { id: "metric", kind: control.kind, direction: "increase", role: "primary", minimumEffect: 0.1 },
    epochs: twoArms(control, treatment),
    ...change,
  };
}

function compared({ comparisons }: MetricResult): Compared | null {
  const [comparison] = comparisons;
  return comparison?.status === "compared" ? comparison : null;
}

const compare = (...args: Parameters<typeof look>) => compared(analyse(look(...args)));

describe("whatever the data", () => {
  test.prop([pairs, modes])("changing places turns the difference around and keeps p", ([a, b], mode) => {
    const [there, back] = [compare(a, b, { mode }), compare(b, a, { mode })];
    expect(there === null).toBe(back === null);
    if (there === null || back === null) return;
    expect(back.p).toBeCloseTo(there.p, 9);
    expect(back.difference).toBeCloseTo(-there.difference, 9);
    near(back.interval.low, negative(there.interval.high));
    near(back.interval.high, negative(there.interval.low));
    near(back.chance?.toBeatControl ?? null, there.chance?.toLoseToControl ?? null);
  });

  test.prop([rates, modes])("a variant like control is never a winner", (arm, mode) => {
    const comparison = compare(arm, { ...arm }, { mode });
    if (comparison === null) return;
    expect(comparison).toMatchObject({ p: 1, isSignificant: false, outcome: "unclear" });
    if (mode === "fixed") expect(comparison.chance?.toBeatControl).toBeCloseTo(0.5, 9);
    else expect(comparison.chance?.toBeatControl).toBeNull();
  });

  test.prop([pairs, modes])(
    "turning the direction around turns the outcome around, and nothing else",
    ([a, b], mode) => {
      const input = look(a, b, { mode, hasChances: false });
      const up = compared(analyse(input));
      const down = compared(analyse({ ...input, metric: { ...input.metric, direction: "decrease" } }));
      const turned = { better: "worse", worse: "better", unclear: "unclear" } as const;
      expect(down).toEqual(up === null ? null : { ...up, outcome: turned[up.outcome] });
    },
  );

  test.prop([means, means, modes, fc.double({ min: 1e-3, max: 1e3, noNaN: true })])(
    "another unit of money changes the difference and leaves p and lift",
    (a, b, mode, factor) => {
      const [before, after] = [
        compare(a, b, { mode }),
        compare(scaled(a, factor), scaled(b, factor), { mode }),
      ];
      if (before === null || after === null) return;
      expect(after.p).toBeCloseTo(before.p, 9);
      near(after.interval.low, before.interval.low === null ? null : before.interval.low * factor);
      near(after.lift.interval?.low ?? null, before.lift.interval?.low ?? null);
      near(after.chance?.toReachMinimumEffect ?? null, before.chance?.toReachMinimumEffect ?? null);
    },
  );

  test.prop([fc.integer(), modes])("the order of epochs and of variants does not matter", (seed, mode) => {
    const input = { ...aScenario(new Random(seed), mode), hasChances: true };
    const shuffled = {
      ...input,
      variants: [...input.variants].reverse(),
      metrics: input.metrics.map((one) => ({ ...one, epochs: [...one.epochs].reverse() })),
      split: [...input.split].reverse(),
    };
    const [one, other] = [analyseExperiment(input), analyseExperiment(shuffled)];
    expect(other.verdict.code).toBe(one.verdict.code);
    for (const [i, { comparisons }] of one.metrics.entries()) {
      for (const comparison of comparisons) {
        const same = other.metrics[i]?.comparisons.find(({ variant }) => variant === comparison.variant);
        expect(same?.status).toBe(comparison.status);
        if (comparison.status !== "compared" || same?.status !== "compared") continue;
        expect(same.pAdjusted).toBeCloseTo(comparison.pAdjusted, 9);
        near(same.interval.low, comparison.interval.low);
      }
    }
  });

  test.prop([fc.integer(), modes])(
    "nothing contradicts itself, and no number is NaN or infinite",
    (seed, mode) => {
      expect(
        contradictionsOf(analyseExperiment({ ...aScenario(new Random(seed), mode), hasChances: true })),
      ).toEqual([]);
    },
  );

  test.prop([fc.constantFrom("rate" as const, "mean" as const, "ratio" as const), modes])(
    "no data give a reason and no number",
    (kind, mode) => {
      const input = look({ kind: "rate", n: 0, conversions: 0 }, { kind: "rate", n: 0, conversions: 0 });
      const result = analyse({
        ...input,
        mode,
        plannedUnits: 100,
        metric: { ...input.metric, kind },
        epochs: [],
      });
      const reason = { code: mode === "fixed" ? "before_planned_end" : "no_data" };
      expect(result.comparisons).toMatchObject([{ status: "withheld", variant: "urgent", reason }]);
      expect(result.arms).toMatchObject([
        { units: 0, value: null, interval: null },
        { units: 0, value: null },
      ]);
    },
  );

  test.prop([fc.integer({ min: 200, max: 1_000_000_000 }), fc.integer({ min: 5, max: 100 })])(
    "control without a conversion has a lift with an open end and no value",
    (n, conversions) => {
      const comparison = compare(
        { kind: "rate", n, conversions: 0 },
        { kind: "rate", n, conversions: conversions + 5 },
        { mode: "fixed" },
      );
      expect(comparison?.lift).toMatchObject({
        value: null,
        reason: { code: "no_baseline" },
        interval: { high: null },
      });
    },
  );
});

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}

function near(got: number | null, expected: number | null): void {
  if (got === null || expected === null) expect(got).toBe(expected);
  else expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-7 * Math.abs(expected) + 1e-10);
}

function scaled(arm: ArmData, factor: number): ArmData {
  if (arm.kind !== "mean") return arm;
  return { ...arm, value: { mean: arm.value.mean * factor, m2: arm.value.m2 * factor * factor } };
}
