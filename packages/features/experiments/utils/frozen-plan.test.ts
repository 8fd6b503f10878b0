import type { AnalysisMode, ArmData } from "@calcom/statistics";
import { analyse, countedAfter, effectFor, type PlanInput, plan } from "@calcom/statistics";
import { Random } from "@calcom/statistics/testing/random";
import { moments } from "@calcom/statistics/testing/scenarios";
import { describe, expect, test } from "vitest";
import { DEFAULT_PLAN } from "../types/analysis";
import type { Unit } from "../types/settings";
import { freezePlan, type PlanBasis } from "./frozen-plan";

const arrivals = { cumulative: Array.from({ length: 28 }, (_, day) => 16 * (day + 1)) };
const input: PlanInput = {
  metric: { kind: "rate", baseline: 0.3 },
  direction: "increase",
  minimumEffect: 0.05,
  mode: "sequential",
  control: "control",
  weights: { control: 50, urgent: 50 },
  primaryMetrics: 1,
  arrivals,
  windowDays: 3,
  minimumDays: 7,
  minimumUnits: 100,
};
const basis: PlanBasis = {
  unit: "user",
  typed: null,
  minimumDays: 7,
  windowDays: 3,
  arrivals,
  input,
  minimumEffect: null,
};
const many = { cumulative: arrivals.cumulative.map((seen) => 100 * seen) };

describe("what a start freezes", () => {
  test("is what was typed, with the effect that it finds", () => {
    expect(freezePlan({ ...basis, typed: 1_234 })).toEqual({
      subjects: 1_234,
      source: "typed",
      weeks: 12,
      effect: effectFor(input, 1_234),
    });
  });

  test("is what the smallest effect that matters takes", () => {
    const rich = { ...input, arrivals: many };
    const needed = plan({ ...rich, minimumEffect: 0.1 });
    if (needed.status !== "planned") expect.fail("It can be planned for.");
    const frozen = freezePlan({ ...basis, arrivals: many, input: rich, minimumEffect: 0.1 });
    expect(frozen).toMatchObject({ subjects: needed.units, source: "minimum_effect", weeks: needed.weeks });
    expect(frozen.effect).toBeCloseTo(0.1, 3);
  });

  test("is what twelve weeks bring, where that effect takes longer", () => {
    expect(freezePlan({ ...basis, minimumEffect: 0.02 })).toMatchObject({
      subjects: countedAfter(12, input),
      source: "weeks",
      weeks: 12,
    });
  });

  test("is what four weeks bring, where the metric names no effect", () => {
    const frozen = freezePlan(basis);
    expect(frozen).toMatchObject({ subjects: 400, source: "weeks", weeks: 4 });
    expect(frozen.effect).toBe(effectFor(input, 400));
  });

  test("is what the first weeks bring that find anything, where the windows are long", () => {
    const slow = { ...basis, windowDays: 40, input: { ...input, windowDays: 40 } };
    expect(freezePlan(slow)).toMatchObject({ subjects: 16 * 16, source: "weeks", weeks: 8 });
  });

  test("is what four weeks bring, where no baseline says what they find", () => {
    expect(freezePlan({ ...basis, input: null })).toEqual({
      subjects: 400,
      source: "weeks",
      weeks: 4,
      effect: null,
    });
  });

  test("is the fewest that can be planned for, where twelve weeks bring fewer", () => {
    const few = { cumulative: Array.from({ length: 28 }, (_, day) => day + 1) };
    const frozen = freezePlan({ ...basis, arrivals: few, input });
    expect(frozen).toEqual({ subjects: 100, source: "fewest", weeks: 15, effect: null });
  });

  test.each(["visitor", "user", "team"] as Unit[])(
    "is a default of its own for each %s where nothing ran, or nobody will come",
    (unit) => {
      const frozen = { subjects: DEFAULT_PLAN[unit], source: "default", weeks: null, effect: null };
      expect(freezePlan({ ...basis, unit, arrivals: null, input: null })).toEqual(frozen);
      const nobody = { cumulative: [0, 0, 0] };
      expect(freezePlan({ ...basis, unit, arrivals: nobody, input: null })).toEqual(frozen);
    },
  );
});

const RUNS = 500;
/** Some 3.3 standard errors of the simulation below the 78 % that are promised. */
const ENOUGH = 0.72;

/** How often the effect is found by the last of 400, with what was frozen. Earlier looks can only find it more often. */
function foundShare(
  plannedUnits: number,
  mode: AnalysisMode,
  draw: (n: number, lift: number) => ArmData,
  effect: number,
): number {
  let found = 0;
  for (let run = 0; run < RUNS; run++) {
    const arms = { control: draw(200, 0), urgent: draw(200, effect) };
    const [only] = analyse({
      control: "control",
      variants: ["control", "urgent"],
      mode,
      plannedUnits,
      plannedDays: mode === "fixed" ? 7 : null,
      days: 25,
      plannedComparisons: 1,
      hasChances: false,
      metric: {
        id: "m",
        kind: arms.control.kind,
        direction: "increase",
        role: "primary",
        minimumEffect: null,
      },
      epochs: [{ epoch: 1, weights: { control: 50, urgent: 50 }, arms }],
    }).comparisons;
    if (only?.status === "compared" && only.isSignificant && only.outcome === "better") found++;
  }
  return found / RUNS;
}

describe("the effect of a forecast for 400 is found in four of five runs of what the start froze", () => {
  const random = new Random(15);
  const kinds: Record<string, { metric: PlanInput["metric"]; draw: (n: number, lift: number) => ArmData }> = {
    rate: {
      metric: { kind: "rate", baseline: 0.3 },
      draw: (n, lift) => ({ kind: "rate", n, conversions: random.binomial(n, 0.3 * (1 + lift)) }),
    },
    mean: {
      metric: { kind: "mean", mean: 10, sd: 8 },
      draw: (n, lift) => ({ kind: "mean", n, value: moments(random, n, 10 * (1 + lift), 8) }),
    },
  };
  const cases = Object.keys(kinds).flatMap((kind) =>
    (["sequential", "fixed"] as const).map((mode) => [kind, mode] as const),
  );

  test.each(cases)("a %s, %s", (kind, mode) => {
    const { metric, draw } = kinds[kind] ?? expect.fail(kind);
    const frozen = freezePlan({ ...basis, input: { ...input, metric, mode } });
    expect(frozen.subjects).toBe(400);
    expect(foundShare(frozen.subjects, mode, draw, frozen.effect ?? 0)).toBeGreaterThan(ENOUGH);
  });

  test("and would not be, if the start froze 10,000 as it once did", () => {
    const { effect } = freezePlan(basis);
    expect(
      foundShare(10_000, "sequential", kinds.rate?.draw ?? expect.fail("rate"), effect ?? 0),
    ).toBeLessThan(0.3);
  });
});
