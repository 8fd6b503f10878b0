import { describe, expect, test } from "vitest";
import { describeVerdict } from "./describe-verdict";
import { analyseExperiment } from "./experiment";
import type { Verdict } from "./results-types";
import type { AnalysisInput, ArmData, EpochUnits, MetricPlan } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
const upgrades: MetricPlan = {
  id: "upgrades",
  kind: "rate",
  direction: "increase",
  role: "primary",
  minimumEffect: 0.2,
};
const errors: MetricPlan = {
  id: "errors",
  kind: "rate",
  direction: "decrease",
  role: "guardrail",
  minimumEffect: 0.1,
};
const weights = { control: 50, urgent: 50 };
const evenly = (n: number): EpochUnits[] => [{ epoch: 1, weights, units: { control: n, urgent: n } }];

function experiment(control: ArmData, urgent: ArmData, change: Partial<AnalysisInput> = {}): AnalysisInput {
  return {
    control: "control",
    variants: ["control", "urgent"],
    mode: "sequential",
    plannedUnits: 10_000,
    plannedDays: null,
    days: 14,
    plannedComparisons: 1,
    metrics: [{ metric: upgrades, epochs: [{ epoch: 1, weights, arms: { control, urgent } }] }],
    split: evenly(control.n),
    ...change,
  };
}

const verdictOf = (input: AnalysisInput): Verdict => analyseExperiment(input).verdict;
const withGuardrail = (input: AnalysisInput, control: ArmData, urgent: ArmData): AnalysisInput => ({
  ...input,
  metrics: [...input.metrics, { metric: errors, epochs: [{ epoch: 1, weights, arms: { control, urgent } }] }],
});

describe("the verdict is the first sentence that holds", () => {
  const clear = experiment(rate(6_000, 600), rate(6_000, 780));

  test("a clear difference is said with the interval of the table", () => {
    const { verdict, metrics } = analyseExperiment(clear);
    const [comparison] = metrics[0]?.comparisons ?? [];
    if (verdict.code !== "better" || comparison?.status !== "compared") expect.fail(verdict.code);
    expect(verdict.effects).toEqual([
      {
        metric: "upgrades",
        variant: "urgent",
        scale: "lift",
        ...comparison.lift.interval,
        pAdjusted: comparison.pAdjusted,
      },
    ]);
    expect(describeVerdict(verdict)).toMatch(
      /^urgent is better in upgrades: between \+\d.* % and \+\d.* %\.$/,
    );
  });

  test("less is better where the metric says so", () => {
    const fewer = experiment(rate(6_000, 780), rate(6_000, 600));
    expect(verdictOf(fewer).code).toBe("worse");
    const metrics = fewer.metrics.map((one) => ({
      ...one,
      metric: { ...upgrades, direction: "decrease" as const },
    }));
    expect(verdictOf({ ...fewer, metrics }).code).toBe("better");
  });

  test("data that cannot be come before everything", () => {
    const wrong = experiment(rate(6_000, 600), rate(6_000, 7_000), {
      split: [{ epoch: 1, weights, units: { control: 6_000, urgent: 60 } }],
    });
    expect(verdictOf(wrong)).toMatchObject({
      code: "no_answer",
      reason: { code: "invalid_data", variant: "urgent" },
    });
  });

  test("a split that is off withholds a clear difference", () => {
    const off = { ...clear, split: [{ epoch: 1, weights, units: { control: 6_000, urgent: 6_700 } }] };
    expect(verdictOf(off)).toMatchObject({ code: "split_is_off" });
    expect(describeVerdict(verdictOf(off))).toContain("urgent 6700 instead of 6350");
  });

  test("below the minimum of days, units or conversions it is too early, and nothing is compared", () => {
    for (const early of [
      { ...clear, days: 3 },
      experiment(rate(90, 9), rate(90, 12)),
      experiment(rate(6_000, 3), rate(6_000, 4)),
    ]) {
      const { verdict, metrics } = analyseExperiment(early);
      expect(verdict.code).toBe("too_early");
      expect(metrics[0]?.comparisons).toMatchObject([{ status: "withheld" }]);
    }
    expect(verdictOf({ ...clear, days: 3 })).toEqual({
      code: "too_early",
      unitsToGo: 0,
      conversionsToGo: 0,
      daysToGo: 4,
    });
    expect(verdictOf(experiment(rate(90, 9), rate(90, 12)))).toMatchObject({ unitsToGo: 20 });
    expect(verdictOf(experiment(rate(6_000, 3), rate(6_000, 4)))).toMatchObject({ conversionsToGo: 3 });
  });

  test("a guardrail that is certainly worse stops even a winner, in either mode and before the planned end", () => {
    expect(verdictOf(withGuardrail(clear, rate(6_000, 100), rate(6_000, 260)))).toMatchObject({
      code: "guardrail_worse",
      effect: { metric: "errors", variant: "urgent" },
    });
    const waiting = { ...clear, mode: "fixed" as const, plannedUnits: 50_000 };
    expect(verdictOf(waiting).code).toBe("before_planned_end");
    expect(verdictOf(withGuardrail(waiting, rate(6_000, 100), rate(6_000, 260))).code).toBe(
      "guardrail_worse",
    );
  });

  test("a guardrail is fine only where the acceptable loss is excluded", () => {
    const fine = analyseExperiment(
      withGuardrail({ ...clear, plannedUnits: 1e6 }, rate(500_000, 50_000), rate(500_000, 50_100)),
    );
    expect(fine.guardrails).toEqual([{ metric: "errors", variant: "urgent", status: "fine" }]);
    expect(
      analyseExperiment(withGuardrail(clear, rate(6_000, 100), rate(6_000, 105))).guardrails,
    ).toMatchObject([{ status: "unclear" }]);
  });

  test("fixed mode compares nothing before its end, and the same data at the end", () => {
    const before = experiment(rate(6_000, 600), rate(6_000, 780), { mode: "fixed", plannedUnits: 24_000 });
    expect(verdictOf(before)).toEqual({ code: "before_planned_end", unitsToGo: 12_000, daysToGo: 14 });
    expect(verdictOf({ ...before, plannedUnits: 12_000, plannedDays: 21 })).toEqual({
      code: "before_planned_end",
      unitsToGo: 0,
      daysToGo: 7,
    });
    expect(analyseExperiment(before).isFinal).toBe(false);
    const end = analyseExperiment({ ...before, plannedUnits: 12_000, plannedDays: 14 });
    expect(end).toMatchObject({ verdict: { code: "better" }, isFinal: true });
  });

  test("without a difference it waits for the planned units, and then says what remains possible", () => {
    expect(verdictOf(experiment(rate(4_000, 400), rate(4_000, 404)))).toEqual({
      code: "keep_going",
      unitsToGo: 2_000,
      daysToGo: 4,
    });
    expect(verdictOf(experiment(rate(6_000, 600), rate(6_000, 606)))).toMatchObject({
      code: "no_difference_that_matters",
      minimumEffect: 0.2,
    });
    expect(verdictOf(experiment(rate(6_000, 60), rate(6_000, 61))).code).toBe("no_clear_difference");
  });

  test("without a primary metric or a plan there is no answer", () => {
    expect(verdictOf({ ...clear, metrics: [] })).toEqual({
      code: "no_answer",
      reason: { code: "no_primary_metric" },
    });
    expect(verdictOf({ ...clear, plannedUnits: null })).toEqual({
      code: "no_answer",
      reason: { code: "no_plan" },
    });
  });

  test("better in one metric and worse in another is mixed", () => {
    const clicks = { ...upgrades, id: "clicks" };
    const metrics = [
      ...clear.metrics,
      {
        metric: clicks,
        epochs: [{ epoch: 1, weights, arms: { control: rate(6_000, 900), urgent: rate(6_000, 700) } }],
      },
    ];
    expect(verdictOf({ ...clear, metrics, plannedComparisons: 2 })).toMatchObject({
      code: "mixed",
      better: { metric: "upgrades" },
      worse: { metric: "clicks" },
    });
  });
});

describe("sequential looks", () => {
  test("what was established stays established, and is not called a winner while its interval contains 0", () => {
    const first = analyseExperiment(experiment(rate(2_000, 200), rate(2_000, 290)));
    expect(first.verdict.code).toBe("better");
    const later = analyseExperiment(
      experiment(rate(5_000, 500), rate(5_000, 520), { previous: first.state }),
    );
    expect(later.verdict).toMatchObject({ code: "no_longer_clear", effect: { variant: "urgent" } });
    const [comparison] = later.metrics[0]?.comparisons ?? [];
    if (comparison?.status !== "compared") expect.fail("It is compared.");
    expect(comparison.p).toBe(first.state.smallestP.upgrades?.urgent);
    expect(comparison.pNow).toBeGreaterThan(0.05);
    expect(later.state).toEqual({ ...first.state, smallestSplitP: 1 });
  });

  test("the state survives JSON, and a look that compares nothing keeps it", () => {
    const first = analyseExperiment(experiment(rate(2_000, 200), rate(2_000, 290)));
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    const gap = analyseExperiment(experiment(rate(0, 0), rate(0, 0), { previous: first.state }));
    expect(gap.state.smallestP).toEqual(first.state.smallestP);
  });

  test("a variant without any conversion can be worse", () => {
    expect(verdictOf(experiment(rate(5_000, 500), rate(5_000, 0))).code).toBe("worse");
    expect(verdictOf(experiment(rate(5_000, 0), rate(5_000, 500))).code).toBe("better");
  });
});

describe("a test with a planned end", () => {
  const planned = { mode: "fixed", plannedUnits: 20_000, plannedDays: 14 } as const;
  const early = experiment(rate(1_000, 100), rate(1_000, 130), { ...planned, phase: "over", days: 14 });

  test("that was ended short of it is read by a bound that holds whenever it ended, and says so", () => {
    const { endedShort, metrics, verdict } = analyseExperiment(early);
    expect(endedShort).toMatchObject({ units: 2_000, plannedUnits: 20_000, days: 14, plannedDays: 14 });
    expect(metrics[0]).toMatchObject({ mode: "sequential", comparisons: [{ method: "mixture" }] });
    // Read as if it had been planned so, the same counts would be a difference.
    expect(verdict.code).toBe("no_clear_difference");
    expect(verdictOf({ ...early, plannedUnits: 2_000 }).code).toBe("better");
    expect(analyseExperiment({ ...early, plannedUnits: 2_000 }).endedShort).toBeNull();
  });

  test("that has its units and not its days ended short too", () => {
    const { endedShort, metrics } = analyseExperiment({ ...early, plannedUnits: 2_000, days: 9 });
    expect(endedShort).toMatchObject({ days: 9, plannedDays: 14 });
    expect(metrics[0]?.mode).toBe("sequential");
  });

  test("that had enough units and had not waited for all of them ended short, and says of whom", () => {
    const waiting = { ...early, plannedUnits: 2_000, reached: { units: 400, days: 2 } };
    const { endedShort, metrics, verdict } = analyseExperiment(waiting);
    expect(endedShort).toEqual({
      units: 400,
      plannedUnits: 2_000,
      days: 14,
      plannedDays: 14,
      isByWindow: true,
    });
    expect(metrics[0]?.mode).toBe("sequential");
    expect(verdict.code).toBe("no_clear_difference");
  });

  test("promises no days while nobody is enrolled, and never fewer than windows take", () => {
    const reason = (change: Partial<AnalysisInput>) =>
      verdictOf({ ...early, phase: "running", days: 5, ...change });
    expect(reason({ phase: "paused" })).toMatchObject({ code: "before_planned_end", daysToGo: null });
    expect(reason({ plannedUnits: 100 })).toMatchObject({ unitsToGo: 0, daysToGo: 9 });
    expect(reason({ plannedUnits: 100, daysUntilMinimum: 16 })).toMatchObject({ daysToGo: 16 });
    expect(reason({ plannedUnits: 100, phase: "paused" })).toMatchObject({ unitsToGo: 0, daysToGo: null });
  });

  test("holds nothing back for ever: what ended short has an answer", () => {
    const clear = experiment(rate(1_000, 100), rate(1_000, 190), { ...planned, phase: "over", days: 14 });
    expect(verdictOf(clear).code).toBe("better");
  });
});

describe("a metric that was chosen after the start", () => {
  const late: MetricPlan = { ...upgrades, isChosenAfterStart: true };
  const clear = experiment(rate(6_000, 600), rate(6_000, 780));

  test("is compared, and never leads the verdict", () => {
    const metrics = clear.metrics.map((one) => ({ ...one, metric: late }));
    const result = analyseExperiment({ ...clear, metrics });
    expect(result.verdict).toEqual({
      code: "no_answer",
      reason: { code: "chosen_after_start", metric: "upgrades" },
    });
    expect(result.metrics[0]).toMatchObject({
      metric: { isChosenAfterStart: true },
      comparisons: [{ outcome: "better" }],
    });
  });

  test("takes nothing from the metrics that were registered", () => {
    const [registered] = clear.metrics;
    if (registered === undefined) expect.fail("no metric");
    const secondary = { ...registered, metric: { ...upgrades, id: "signups", role: "secondary" as const } };
    const alone = analyseExperiment({ ...clear, metrics: [registered, secondary] });
    const beside = analyseExperiment({
      ...clear,
      metrics: [
        registered,
        secondary,
        { ...registered, metric: { ...late, id: "late" } },
        { ...registered, metric: { ...late, id: "late-secondary", role: "secondary" } },
      ],
    });
    expect(beside.verdict).toEqual(alone.verdict);
    expect(beside.metrics.slice(0, 2)).toEqual(alone.metrics);
  });

  test("stops nothing as a guardrail", () => {
    const withLate = withGuardrail(clear, rate(6_000, 60), rate(6_000, 300));
    expect(verdictOf(withLate).code).toBe("guardrail_worse");
    const metrics = withLate.metrics.map((one) =>
      one.metric.role === "guardrail" ? { ...one, metric: { ...one.metric, isChosenAfterStart: true } } : one,
    );
    expect(verdictOf({ ...withLate, metrics }).code).toBe("better");
  });
});

test("no chance of one look stands beside a p of all looks while that is unclear", () => {
  const chanceOf = (input: AnalysisInput) => {
    const [one] = analyseExperiment(input).metrics[0]?.comparisons ?? [];
    return one?.status === "compared" ? one.chance : undefined;
  };
  const unclear = experiment(rate(2_000, 200), rate(2_000, 240));
  expect(chanceOf(unclear)).toMatchObject({ toBeatControl: null, toLoseToControl: null });
  expect(chanceOf(unclear)?.lossOfVariant).toBeGreaterThan(0);
  const fixed = experiment(rate(2_000, 200), rate(2_000, 240), { mode: "fixed", plannedUnits: 4_000 });
  expect(chanceOf(fixed)?.toBeatControl).toBeGreaterThan(0.9);
  expect(chanceOf(experiment(rate(6_000, 600), rate(6_000, 780)))?.toBeatControl).toBeGreaterThan(0.99);
});

test("of many variants the sentence names the strongest and counts the others", () => {
  const variants = ["control", ...Array.from({ length: 11 }, (_, i) => `variant-${i}`)];
  const arms = Object.fromEntries(
    variants.map((name, i) => [name, rate(6_000, i === 0 ? 600 : 900 + 10 * i)]),
  );
  const weights = Object.fromEntries(variants.map((name) => [name, 100 / 12]));
  const { verdict } = analyseExperiment({
    ...experiment(rate(1, 0), rate(1, 0)),
    variants,
    plannedComparisons: 11,
    metrics: [{ metric: upgrades, epochs: [{ epoch: 1, weights, arms }] }],
    split: [{ epoch: 1, weights, units: Object.fromEntries(variants.map((name) => [name, 6_000])) }],
  });
  const sentence = describeVerdict(verdict);
  expect(sentence).toMatch(
    /^variant-10 is better .*variant-9 is better .*variant-8 is better .* So are 8 more\.$/,
  );
});
