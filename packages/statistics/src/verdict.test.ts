import { describe, expect, test } from "vitest";
import { analyseExperiment } from "./experiment";
import { analyse } from "./metric";
import type { AnalysisInput, ArmData, EpochData, MetricPlan } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
const upgrades: MetricPlan = {
  id: "upgrades",
  kind: "rate",
  direction: "increase",
  role: "primary",
  minimumEffect: 0.2,
};

/** One epoch in which all variants have the same share, but for those that `shares` says. */
function experiment(
  arms: Record<string, ArmData>,
  change: Partial<AnalysisInput> = {},
  shares: Record<string, number> = {},
): AnalysisInput {
  const variants = Object.keys(arms);
  const weights = { ...Object.fromEntries(variants.map((name) => [name, 100 / variants.length])), ...shares };
  return {
    control: "control",
    variants,
    mode: "sequential",
    plannedUnits: 10_000,
    plannedDays: null,
    days: 14,
    plannedComparisons: variants.length - 1,
    metrics: [{ metric: upgrades, epochs: [{ epoch: 1, weights, arms }] }],
    split: [
      {
        epoch: 1,
        weights,
        units: Object.fromEntries(Object.entries(arms).map(([name, { n }]) => [name, n])),
      },
    ],
    ...change,
  };
}

const verdictOf = (input: AnalysisInput) => analyseExperiment(input).verdict;

describe("an experiment that is over waits for nothing", () => {
  const small = { control: rate(2_000, 200), urgent: rate(2_000, 204) };

  test("sequential: what is possible is said, and no more days are asked for", () => {
    expect(verdictOf(experiment(small)).code).toBe("keep_going");
    expect(verdictOf(experiment(small, { phase: "over" })).code).toBe("no_clear_difference");
  });

  test("with a fixed end: it is read once, however far it came", () => {
    const fixed = { mode: "fixed", plannedDays: 28 } as const;
    expect(verdictOf(experiment(small, fixed)).code).toBe("before_planned_end");
    const over = analyseExperiment(experiment(small, { ...fixed, phase: "over" }));
    expect(over).toMatchObject({ verdict: { code: "no_clear_difference" }, isFinal: true });
  });

  test("what would have been too early has no answer, and a reason", () => {
    const few = { control: rate(60, 6), urgent: rate(60, 9) };
    expect(verdictOf(experiment(few)).code).toBe("too_early");
    expect(verdictOf(experiment(few, { phase: "over" }))).toMatchObject({
      code: "no_answer",
      reason: { code: "too_few_units", units: 60, needed: 100 },
    });
  });
});

describe("how long it takes", () => {
  const arms = { control: rate(100, 10), urgent: rate(100, 11) };

  test("goes by exposures, since those that are compared are always a window behind the days", () => {
    // 16 days of 100 a day, of which those of two days are through their window of 14 days.
    const split = [{ epoch: 1, weights: { control: 50, urgent: 50 }, units: { control: 800, urgent: 800 } }];
    expect(verdictOf(experiment(arms, { days: 16, split }))).toEqual({
      code: "keep_going",
      unitsToGo: 9_800,
      daysToGo: 98,
    });
  });

  test("is not foretold while nobody is enrolled", () => {
    expect(verdictOf(experiment(arms, { phase: "paused" }))).toMatchObject({
      code: "keep_going",
      daysToGo: null,
    });
  });
});

describe("with several variants", () => {
  const compared = { control: rate(5_000, 500), calm: rate(5_000, 505) };
  const FEW_URGENT = { control: 49.7, calm: 49.7, urgent: 0.6 };

  test("nothing is said of all of them while one that is enrolled is still to be compared", () => {
    const waiting = experiment({ ...compared, urgent: rate(60, 6) }, {}, FEW_URGENT);
    expect(verdictOf(waiting)).toMatchObject({ code: "keep_going", unitsToGo: 40 });
    const stopped = { epoch: 2, weights: { control: 50, calm: 50, urgent: 0 }, units: {} };
    expect(verdictOf({ ...waiting, split: [...waiting.split, stopped] }).code).toBe("no_clear_difference");
  });

  test("what is better need not wait for the others", () => {
    const winner = { control: rate(5_000, 500), calm: rate(5_000, 700), urgent: rate(60, 6) };
    expect(verdictOf(experiment(winner, {}, FEW_URGENT)).code).toBe("better");
  });

  test("of a variant that nobody gets any more, no units are waited for", () => {
    const early = { control: rate(99, 9), calm: rate(110, 11), urgent: rate(0, 0) };
    expect(verdictOf(experiment(early, {}, { urgent: 0 }))).toMatchObject({
      code: "too_early",
      unitsToGo: 1,
    });
  });

  test("rows are weighted alike: a variant that joined as the base rate rose is not the best for it", () => {
    const epochs: EpochData[] = [
      {
        epoch: 1,
        weights: { control: 50, calm: 50, urgent: 0 },
        arms: { control: rate(5_000, 200), calm: rate(5_000, 200) },
      },
      {
        epoch: 2,
        weights: { control: 34, calm: 33, urgent: 33 },
        arms: { control: rate(5_000, 1_000), calm: rate(5_000, 1_000), urgent: rate(5_000, 1_000) },
      },
    ];
    const design = experiment({ control: rate(0, 0), calm: rate(0, 0), urgent: rate(0, 0) });
    const { arms } = analyse({ ...design, mode: "fixed", plannedUnits: 100, metric: upgrades, epochs });
    expect(arms.map(({ value }) => value)).toEqual([0.2, 0.2, 0.2]);
    for (const { chanceToBeBest } of arms) expect(chanceToBeBest).toBeCloseTo(1 / 3, 3);
  });
});

test("a loss that is certain and acceptable stops nothing", () => {
  const revenue: MetricPlan = { ...upgrades, id: "revenue", role: "guardrail", minimumEffect: 0.05 };
  const guarded = (margin: number | null) => {
    const input = experiment(
      { control: rate(900_000, 450_000), urgent: rate(900_000, 445_500) },
      { plannedUnits: 1_800_000 },
    );
    const [{ epochs } = { epochs: [] }] = input.metrics;
    return analyseExperiment({
      ...input,
      metrics: [{ metric: { ...revenue, minimumEffect: margin }, epochs }],
    }).guardrails.map(({ status }) => status);
  };
  expect(guarded(0.05)).toEqual(["fine"]);
  expect(guarded(0.005)).toEqual(["worse"]);
  expect(guarded(null)).toEqual(["worse"]);
});

test("a rate that is adjusted needs as many conversions as one that is not", () => {
  const arm = (conversions: number): ArmData => ({
    ...rate(1_000, conversions),
    kind: "rate",
    n: 1_000,
    conversions,
    covariate: { mean: 1, m2: 1_000, comoment: 0 },
  });
  for (const [control, urgent] of [
    [0, 5],
    [5, 0],
  ] as const)
    expect(
      verdictOf(
        experiment(
          { control: arm(control), urgent: arm(urgent) },
          { mode: "fixed", plannedUnits: 2_000, plannedDays: 14 },
        ),
      ),
    ).toMatchObject({ code: "too_early", conversionsToGo: 5 });
});

test("of a variant where nothing happened the difference is known, and no lift of exactly −100 %", () => {
  const mean = (value: number, m2: number): ArmData => ({
    kind: "mean",
    n: 1_000,
    value: { mean: value, m2 },
  });
  const input = experiment({ control: mean(1, 20_000), urgent: mean(0, 0) });
  const metrics = [
    {
      metric: { ...upgrades, kind: "mean" as const },
      epochs: [
        {
          epoch: 1,
          weights: { control: 50, urgent: 50 },
          arms: { control: mean(1, 20_000), urgent: mean(0, 0) },
        },
      ],
    },
  ];
  const { verdict, metrics: results } = analyseExperiment({ ...input, metrics });
  expect(verdict).toMatchObject({ code: "worse", effects: [{ scale: "difference" }] });
  expect(results[0]?.comparisons).toMatchObject([
    { lift: { value: null, interval: null, reason: { code: "nothing_in_variant" } } },
  ]);
});

describe("a metric of the plan that is not measured", () => {
  const better = { control: rate(5_000, 500), urgent: rate(5_000, 700) };
  const lost = (role: MetricPlan["role"]) => ({ unmeasured: [{ id: "revenue", role }] });

  test("as a guardrail leaves nothing to act on, whatever else was found", () => {
    const same = { control: rate(5_000, 500), urgent: rate(5_000, 505) };
    for (const arms of [better, same])
      expect(verdictOf(experiment(arms, lost("guardrail")))).toEqual({
        code: "no_answer",
        reason: { code: "not_measured", metric: "revenue", role: "guardrail" },
      });
    expect(verdictOf(experiment(better, lost("secondary"))).code).toBe("better");
  });

  test("as a guardrail keeps quiet neither what is worse nor what is harmed", () => {
    const worse = { control: rate(5_000, 700), urgent: rate(5_000, 500) };
    expect(verdictOf(experiment(worse, lost("guardrail"))).code).toBe("worse");
    const input = experiment(worse, lost("guardrail"));
    const [measured] = input.metrics;
    if (measured === undefined) return expect.fail();
    const harmed = { ...measured, metric: { ...upgrades, id: "clicks", role: "guardrail" as const } };
    expect(verdictOf({ ...input, metrics: [measured, harmed] }).code).toBe("guardrail_worse");
  });

  test("as the primary one is the reason why there is no answer", () => {
    const reason = { code: "not_measured", metric: "revenue", role: "primary" };
    expect(verdictOf({ ...experiment(better, lost("primary")), metrics: [] })).toEqual({
      code: "no_answer",
      reason,
    });
  });
});
