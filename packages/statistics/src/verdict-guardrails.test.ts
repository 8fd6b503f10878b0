import { describe, expect, test } from "vitest";
import { describeVerdict } from "./describe-verdict";
import { analyseExperiment } from "./experiment";
import type { WithheldReason } from "./reason-types";
import { contradictionsOf } from "./testing/contradictions";
import type { AnalysisInput, ArmData, EpochData, MetricPlan } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
const mean = (n: number, value: number, m2: number): ArmData => ({
  kind: "mean",
  n,
  value: { mean: value, m2 },
});
const ratio = (n: number, numerator: number, denominator: number, m2 = 1): ArmData => ({
  kind: "ratio",
  n,
  numerator: { mean: numerator, m2: n * m2 },
  denominator: { mean: denominator, m2: n * m2 },
  comoment: 0,
});
const explained = (n: number, value: number, m2: number): ArmData => ({
  kind: "mean",
  n,
  value: { mean: value, m2 },
  covariate: { mean: value, m2, comoment: m2 },
});
const upgrades: MetricPlan = {
  id: "upgrades",
  kind: "rate",
  direction: "increase",
  role: "primary",
  minimumEffect: 0.2,
};
const refunds: MetricPlan = {
  id: "refunds",
  kind: "rate",
  direction: "decrease",
  role: "guardrail",
  minimumEffect: null,
};

const VARIANTS = ["control", "urgent"];
const evenly = (variants: readonly string[]) =>
  Object.fromEntries(variants.map((name) => [name, 100 / variants.length]));

/** An experiment with one guardrail; each of the two metrics has an arm for each variant. */
function guarded(
  primary: Record<string, ArmData>,
  guardrail: EpochData["arms"] | readonly EpochData[],
  change: Partial<AnalysisInput> = {},
): AnalysisInput {
  const variants = Object.keys(primary);
  const weights = evenly(variants);
  const one = (arms: EpochData["arms"]): EpochData[] => [{ epoch: 1, weights, arms }];
  const epochs = Array.isArray(guardrail) ? (guardrail as EpochData[]) : one(guardrail as EpochData["arms"]);
  const kind = epochs.flatMap(({ arms }) => Object.values(arms)).find(() => true)?.kind ?? "rate";
  return {
    control: "control",
    variants,
    mode: "sequential",
    plannedUnits: 10_000,
    plannedDays: null,
    days: 14,
    plannedComparisons: variants.length - 1,
    metrics: [
      { metric: upgrades, epochs: one(primary) },
      { metric: { ...refunds, kind }, epochs },
    ],
    split: [
      {
        epoch: 1,
        weights,
        units: Object.fromEntries(Object.entries(primary).map(([name, { n }]) => [name, n])),
      },
    ],
    ...change,
  };
}

const BETTER = { control: rate(5_000, 500), urgent: rate(5_000, 700) };
const WORSE = { control: rate(5_000, 700), urgent: rate(5_000, 500) };
const FINE = { control: rate(5_000, 500), urgent: rate(5_000, 500) };

/** Each reason for which a guardrail may have no comparison while the primary metric has one. */
const REASONS: Record<
  Exclude<
    WithheldReason["code"],
    // Of these the primary metric has no comparison either, or nothing has to be said of the guardrail.
    | "invalid_data"
    | "no_plan"
    | "no_primary_metric"
    | "before_planned_end"
    | "too_few_days"
    | "not_measured"
    | "chosen_after_start"
  >,
  EpochData["arms"] | readonly EpochData[]
> = {
  no_data: { control: rate(5_000, 500) },
  no_common_epoch: [
    { epoch: 1, weights: evenly(VARIANTS), arms: { control: rate(5_000, 500) } },
    { epoch: 2, weights: evenly(VARIANTS), arms: { urgent: rate(5_000, 500) } },
  ],
  too_few_units: { control: rate(5_000, 500), urgent: rate(60, 6) },
  too_few_conversions: { control: rate(5_000, 2), urgent: rate(5_000, 3) },
  too_few_failures: { control: rate(5_000, 4_998), urgent: rate(5_000, 4_997) },
  zero_denominator: { control: ratio(5_000, 1, 0, 0), urgent: ratio(5_000, 1, 0, 0) },
  denominator_near_zero: { control: ratio(5_000, 1, 0.001, 1), urgent: ratio(5_000, 1, 0.001, 1) },
  no_variation: { control: mean(5_000, 2, 0), urgent: mean(5_000, 2, 0) },
  no_variation_within: { control: mean(5_000, 2, 0), urgent: mean(5_000, 3, 0) },
  no_variation_left: { control: explained(5_000, 2, 400), urgent: explained(5_000, 2, 400) },
};

describe.each(Object.entries(REASONS))("a guardrail that is not compared (%s)", (code, guardrail) => {
  const reason = {
    code: "guardrail_not_compared",
    metric: "refunds",
    variant: "urgent",
    reason: expect.objectContaining({ code }),
  };

  test.each(["sequential", "fixed"] as const)("leaves nothing better to act on, with a %s end", (mode) => {
    const analysis = analyseExperiment(guarded(BETTER, guardrail, { mode }));
    expect(analysis.verdict).toEqual({ code: "no_answer", reason });
    expect(contradictionsOf(analysis)).toEqual([]);
    expect(describeVerdict(analysis.verdict)).toMatch(
      /^There is no answer: the guardrail refunds is not compared for urgent: \S/,
    );
    const over = analyseExperiment(guarded(BETTER, guardrail, { mode, phase: "over" }));
    expect(over.verdict).toEqual({ code: "no_answer", reason });
  });

  test("keeps quiet neither what is worse nor that nothing is known yet", () => {
    expect(analyseExperiment(guarded(WORSE, guardrail)).verdict.code).toBe("worse");
    const unclear = { control: rate(5_000, 500), urgent: rate(5_000, 505) };
    expect(analyseExperiment(guarded(unclear, guardrail)).verdict.code).toBe("no_clear_difference");
    expect(analyseExperiment(guarded(unclear, guardrail, { plannedUnits: 50_000 })).verdict.code).toBe(
      "keep_going",
    );
  });

  test("is no reason to wait where it was chosen after the start", () => {
    const input = guarded(BETTER, guardrail);
    const metrics = input.metrics.map((one) =>
      one.metric.role === "guardrail" ? { ...one, metric: { ...one.metric, isChosenAfterStart: true } } : one,
    );
    expect(analyseExperiment({ ...input, metrics }).verdict.code).toBe("better");
  });
});

test("as soon as it is compared, what is better is said, whether harm is excluded or not", () => {
  for (const guardrail of [FINE, { control: rate(5_000, 15), urgent: rate(5_000, 12) }])
    expect(analyseExperiment(guarded(BETTER, guardrail)).verdict.code).toBe("better");
});

test("a difference that does not matter, and one that is bought by another, are held to it too", () => {
  const same = { control: rate(500_000, 50_000), urgent: rate(500_000, 50_050) };
  const planned = { plannedUnits: 1_000_000 };
  expect(analyseExperiment(guarded(same, FINE, planned)).verdict.code).toBe("no_difference_that_matters");
  expect(analyseExperiment(guarded(same, REASONS.too_few_units, planned)).verdict).toMatchObject({
    reason: { code: "guardrail_not_compared" },
  });
  const input = guarded(BETTER, REASONS.too_few_units);
  const second = {
    metric: { ...upgrades, id: "signups" },
    epochs: guarded(WORSE, FINE).metrics[0]?.epochs ?? [],
  };
  const mixed = { ...input, plannedComparisons: 2, metrics: [...input.metrics, second] };
  expect(analyseExperiment(mixed).verdict).toMatchObject({ reason: { code: "guardrail_not_compared" } });
  const [first] = input.metrics;
  if (first === undefined) return expect.fail();
  expect(analyseExperiment({ ...mixed, metrics: [first, second] }).verdict.code).toBe("mixed");
});

describe("with several variants", () => {
  const three = { ...BETTER, calm: rate(5_000, 720) };

  test("only what is guarded is called better, and nobody waits for a variant that is not named", () => {
    const input = guarded(three, { ...FINE, calm: rate(60, 6) });
    expect(analyseExperiment(input).verdict).toMatchObject({
      code: "better",
      effects: [{ variant: "urgent" }],
    });
    const unclear = { ...BETTER, calm: rate(5_000, 505) };
    expect(analyseExperiment(guarded(unclear, { ...FINE, calm: rate(60, 6) })).verdict.code).toBe("better");
  });

  test("if none is guarded, the first that would be named is", () => {
    const neither = { control: rate(5_000, 1), urgent: rate(5_000, 1), calm: rate(5_000, 1) };
    expect(analyseExperiment(guarded(three, neither)).verdict).toMatchObject({
      code: "no_answer",
      reason: { code: "guardrail_not_compared", reason: { code: "too_few_conversions" } },
    });
  });
});
