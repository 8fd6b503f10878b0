import { describe, expect, test } from "vitest";
import { analyseExperiment } from "./experiment";
import { analyse } from "./metric";
import { daysFor, plannedUnitsOfPair } from "./metric-measure";
import type { AnalysisInput, ArmData, Design, MetricPlan } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
const metric: MetricPlan = {
  id: "upgrades",
  kind: "rate",
  direction: "increase",
  role: "primary",
  minimumEffect: 0.2,
};
const weights = { control: 50, urgent: 50 };

/** 2,000 units in 10 days, with hardly a difference. */
function experiment(change: Partial<AnalysisInput> = {}, n = 1_000): AnalysisInput {
  const arms = { control: rate(n, n / 10), urgent: rate(n, n / 10 + 1) };
  return {
    control: "control",
    variants: ["control", "urgent"],
    mode: "sequential",
    plannedUnits: 5_000,
    plannedDays: null,
    days: 10,
    plannedComparisons: 1,
    metrics: [{ metric, epochs: [{ epoch: 1, weights, arms }] }],
    split: [{ epoch: 1, weights, units: { control: n, urgent: n } }],
    ...change,
  };
}
const verdictOf = (change: Partial<AnalysisInput>, n?: number) =>
  analyseExperiment(experiment(change, n)).verdict;

describe("how many days are left", () => {
  const design: Pick<Design, "days" | "phase" | "unitsPerDay"> = { days: 10 };
  const daysOf = (unitsToGo: number, change: Partial<Design> = {}) =>
    daysFor(unitsToGo, 2_000, { ...experiment(), ...design, ...change });

  test("goes by the units of a day so far, in whole days", () => {
    expect(daysOf(3_000)).toBe(15);
    expect(daysOf(3_001)).toBe(16);
    expect(daysOf(1)).toBe(1);
  });

  test("goes by the pace of exposures where it is known", () => {
    expect(daysOf(3_000, { unitsPerDay: 1_000 })).toBe(3);
    expect(daysOf(3_000, { unitsPerDay: 0 })).toBeNull();
  });

  test("is none where nothing is waited for, even while it is paused or over", () => {
    expect(daysOf(0)).toBe(0);
    expect(daysOf(0, { phase: "paused" })).toBe(0);
    expect(daysOf(0, { phase: "over", days: 0 })).toBe(0);
  });

  test("is unknown while it is paused, once it is over, and before the first day", () => {
    expect(daysOf(3_000, { phase: "paused" })).toBeNull();
    expect(daysOf(3_000, { phase: "over" })).toBeNull();
    expect(daysOf(3_000, { days: 0 })).toBeNull();
  });
});

describe("while it is paused nobody knows how long it takes", () => {
  test("to be compared at all", () => {
    expect(verdictOf({}, 50)).toMatchObject({ code: "too_early", daysToGo: expect.any(Number) });
    expect(verdictOf({ phase: "paused" }, 50)).toMatchObject({ code: "too_early", daysToGo: null });
  });

  test("until the planned units have come", () => {
    expect(verdictOf({})).toEqual({ code: "keep_going", unitsToGo: 3_000, daysToGo: 15 });
    expect(verdictOf({ phase: "paused" })).toEqual({ code: "keep_going", unitsToGo: 3_000, daysToGo: null });
  });

  test("until the planned end", () => {
    const fixed = { mode: "fixed", plannedDays: 12 } as const;
    expect(verdictOf(fixed)).toEqual({ code: "before_planned_end", unitsToGo: 3_000, daysToGo: 15 });
    expect(verdictOf({ ...fixed, phase: "paused" })).toMatchObject({ daysToGo: null });
    expect(verdictOf({ ...fixed, plannedDays: 90 })).toMatchObject({ daysToGo: 80 });
    expect(verdictOf({ ...fixed, daysUntilMinimum: 70 })).toMatchObject({ daysToGo: 70 });
  });
});

test("without a plan, or with one of no unit, nothing is compared", () => {
  for (const plannedUnits of [null, 0, -1, Number.NaN])
    expect(verdictOf({ plannedUnits })).toEqual({ code: "no_answer", reason: { code: "no_plan" } });
  expect(verdictOf({ plannedUnits: 1 }).code).toBe("no_clear_difference");
});

describe("the plan of a pair", () => {
  const design = experiment({ variants: ["control", "urgent", "calm"], plannedUnits: 6_000 });
  const ofPair = (of: Record<string, number>) =>
    plannedUnitsOfPair(design, { epochs: [{ weights: of }] }, "urgent");

  test("is its share of the weights at the start", () => {
    expect(ofPair({ control: 50, urgent: 25, calm: 25 })).toBeCloseTo(4_500, 9);
    expect(
      plannedUnitsOfPair(
        design,
        {
          epochs: [
            { weights: { control: 20, urgent: 20, calm: 60 } },
            { weights: { control: 50, urgent: 50 } },
          ],
        },
        "urgent",
      ),
    ).toBeCloseTo(2_400, 9);
  });

  test("is an equal one where the variant had no weight, or there were none", () => {
    const unweighted: Record<string, number>[] = [
      { control: 50, calm: 50 },
      { control: 50, urgent: 0, calm: 50 },
      {},
      { control: 0, urgent: 0 },
    ];
    for (const of of unweighted) expect(ofPair(of)).toBeCloseTo(4_000, 9);
    expect(plannedUnitsOfPair(design, { epochs: [] }, "urgent")).toBeCloseTo(4_000, 9);
  });
});

describe("of several differences", () => {
  const three = { control: 34, urgent: 33, calm: 33 };
  const means = (value: number): ArmData => ({ kind: "mean", n: 2_000, value: { mean: value, m2: 2_000 } });
  const plan = (id: string): MetricPlan => ({ ...metric, id, kind: "mean" });
  const withMeans = (...values: Record<string, number>[]): AnalysisInput =>
    experiment({
      variants: ["control", "urgent", "calm"],
      plannedComparisons: 4,
      metrics: values.map((of, index) => ({
        metric: plan(`metric-${index}`),
        epochs: [
          {
            epoch: 1,
            weights: three,
            arms: Object.fromEntries(Object.entries(of).map(([name, value]) => [name, means(value)])),
          },
        ],
      })),
      split: [{ epoch: 1, weights: three, units: { control: 2_000, urgent: 2_000, calm: 2_000 } }],
    });

  test("without a lift the one with the most evidence is named first", () => {
    const { verdict } = analyseExperiment(withMeans({ control: 0, urgent: 0.15, calm: 0.3 }));
    if (verdict.code !== "better") expect.fail(verdict.code);
    expect(verdict.effects.map(({ variant, scale }) => [variant, scale])).toEqual([
      ["calm", "difference"],
      ["urgent", "difference"],
    ]);
  });

  test("with a lift the largest is named first, and what is worse by more comes before what is worse by less", () => {
    const { verdict } = analyseExperiment(withMeans({ control: 1, urgent: 0.7, calm: 0.5 }));
    if (verdict.code !== "worse") expect.fail(verdict.code);
    expect(verdict.effects.map(({ variant }) => variant)).toEqual(["calm", "urgent"]);
  });

  test("a variant that is worse elsewhere takes nothing from one that is not", () => {
    const { verdict } = analyseExperiment(
      withMeans({ control: 1, urgent: 1.3, calm: 1.5 }, { control: 1, urgent: 1, calm: 0.6 }),
    );
    if (verdict.code !== "better") expect.fail(verdict.code);
    expect(verdict.effects.map(({ variant }) => variant)).toEqual(["urgent"]);
  });

  test("where each that is better is worse too, both of its sides are said, and not those of another", () => {
    const { verdict } = analyseExperiment(
      withMeans({ control: 1, urgent: 0.6, calm: 1.5 }, { control: 1, urgent: 1, calm: 0.5 }),
    );
    if (verdict.code !== "mixed") expect.fail(verdict.code);
    expect(verdict).toMatchObject({
      better: { variant: "calm", metric: "metric-0" },
      worse: { variant: "calm", metric: "metric-1" },
    });
  });
});

test("a reason that waiting removes comes before one that it does not", () => {
  const [first] = experiment({}, 50).metrics;
  const late = { metric: { ...metric, id: "late", isChosenAfterStart: true }, epochs: first?.epochs ?? [] };
  expect(verdictOf({ metrics: [late] })).toEqual({
    code: "no_answer",
    reason: { code: "chosen_after_start", metric: "late" },
  });
  expect(verdictOf({ metrics: [], unmeasured: [{ id: "lost", role: "secondary" }] })).toEqual({
    code: "no_answer",
    reason: { code: "no_primary_metric" },
  });
  expect(
    verdictOf({
      metrics: [late],
      unmeasured: [
        { id: "errors", role: "guardrail" },
        { id: "sales", role: "primary" },
      ],
    }),
  ).toEqual({ code: "no_answer", reason: { code: "not_measured", metric: "sales", role: "primary" } });
});

test("all units of both the same, and different values within one, are told apart", () => {
  const compare = (control: ArmData, urgent: ArmData, kind: MetricPlan["kind"]) =>
    analyse({
      ...experiment(),
      minimumUnits: 2,
      metric: { ...metric, kind },
      epochs: [{ epoch: 1, weights, arms: { control, urgent } }],
    }).comparisons[0];
  const constant = (value: number, change = {}): ArmData => ({
    kind: "mean",
    n: 500,
    value: { mean: value, m2: 0, ...change },
  });
  expect(compare(constant(3), constant(3), "mean")).toMatchObject({ reason: { code: "no_variation" } });
  expect(compare(constant(3), constant(4), "mean")).toMatchObject({
    reason: { code: "no_variation_within", variant: "urgent" },
  });
});
