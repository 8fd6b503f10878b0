import { describe, test as example, expect } from "vitest";
import { describeVerdict } from "./describe-verdict";
import { analyseExperiment } from "./experiment";
import type { Verdict } from "./results-types";
import { rate, ratio } from "./testing/arms";
import { testWaiting } from "./testing/waiting";
import type { AnalysisInput, ArmData, EpochData } from "./types";

function experiment(
  arms: Record<string, ArmData>,
  change: Partial<AnalysisInput> = {},
  others: readonly Record<string, ArmData>[] = [],
): AnalysisInput {
  const variants = Object.keys(arms);
  const weights = Object.fromEntries(variants.map((name) => [name, 1]));
  const units = Object.fromEntries(Object.entries(arms).map(([name, { n }]) => [name, n]));
  return {
    control: "control",
    variants,
    mode: "sequential",
    plannedUnits: 3_000,
    plannedDays: null,
    days: 60,
    plannedComparisons: variants.length - 1,
    hasChances: false,
    metrics: [arms, ...others].map((data, i) => ({
      metric: {
        id: `metric-${i}`,
        kind: Object.values(data)[0]?.kind ?? "rate",
        direction: "increase",
        role: i === 0 ? "primary" : "secondary",
        minimumEffect: null,
      },
      epochs: [{ epoch: 1, weights, arms: data }],
    })),
    split: [{ epoch: 1, weights: units, units }],
    ...change,
  };
}

const verdictOf = (input: AnalysisInput) => analyseExperiment(input).verdict;

describe("what is waited for", () => testWaiting(300));

describe("what no time mends has a reason, and is not waited for", () => {
  const FINE = { control: rate(1_000, 100), urgent: rate(1_000, 104) };

  example.each<
    [string, Record<string, ArmData>, Partial<Extract<Verdict, { code: "no_answer" }>["reason"]>, RegExp]
  >([
    [
      "everybody converts",
      { control: rate(1_000, 1_000), urgent: rate(1_000, 1_000) },
      { code: "too_few_failures" },
      /every unit converts, and nothing can be told apart/,
    ],
    [
      "nearly everybody converts",
      { control: rate(1_000, 997), urgent: rate(1_000, 996) },
      { code: "too_few_failures" },
      /nearly every unit converts: 7 do not, and 10 are needed/,
    ],
    [
      "nobody books in one variant",
      { control: ratio(1_000, 2), urgent: ratio(1_000, 0) },
      { code: "zero_denominator", variant: "urgent" },
      /the denominator is 0 for everybody in urgent/,
    ],
    [
      "bookings and cancellations cancel",
      {
        control: ratio(1_000, 2),
        urgent: {
          kind: "ratio",
          n: 1_000,
          numerator: { mean: 1, m2: 25_000, min: -9 },
          denominator: { mean: 0.01, m2: 25_000, min: -9 },
          comoment: 0,
        },
      },
      { code: "denominator_near_zero", variant: "urgent" },
      /the denominator of urgent is too close to 0/,
    ],
  ])("where %s", (_, arms, reason, words) => {
    for (const mode of ["sequential", "fixed"] as const)
      for (const phase of ["running", "paused", "over"] as const) {
        const { verdict, metrics } = analyseExperiment(
          experiment(arms, { mode, phase, plannedUnits: 2_000 }, [FINE]),
        );
        expect(verdict).toMatchObject({ code: "no_answer", reason });
        expect(describeVerdict(verdict)).toMatch(words);
        expect(metrics[1]?.comparisons).toMatchObject([{ status: "compared" }]);
      }
  });

  example("before the minimum days and units it is too early all the same", () => {
    const none = { control: ratio(1_000, 2), urgent: ratio(1_000, 0) };
    expect(verdictOf(experiment(none, { days: 3 }))).toMatchObject({ code: "too_early", daysToGo: 4 });
    const few = { control: ratio(1_000, 2), urgent: ratio(20, 0) };
    expect(verdictOf(experiment(few))).toMatchObject({ code: "too_early", unitsToGo: 10 });
  });

  example("of three variants the others are told, once the plan is reached", () => {
    for (const arms of [
      { control: ratio(20_000, 2), calm: ratio(20_000, 2), urgent: ratio(20_000, 0) },
      { control: rate(20_000, 19_994), calm: rate(20_000, 19_995), urgent: rate(20_000, 20_000) },
      { control: rate(20_000, 7), calm: rate(20_000, 9), urgent: rate(20_000, 0) },
    ])
      expect(verdictOf(experiment(arms)).code).toBe("no_clear_difference");
  });
});

example("units to go are those of epochs in which both were there, as the comparison counts them", () => {
  const weights = { control: 50, urgent: 50 };
  const input = experiment({ control: rate(5_090, 500), urgent: rate(60, 9) });
  const epochs: EpochData[] = [
    { epoch: 1, weights: { control: 100, urgent: 0 }, arms: { control: rate(5_000, 490) } },
    { epoch: 2, weights, arms: { control: rate(90, 10), urgent: rate(60, 9) } },
  ];
  const { verdict, metrics } = analyseExperiment({
    ...input,
    metrics: input.metrics.map((one) => ({ ...one, epochs })),
    split: [],
  });
  expect(metrics[0]?.comparisons).toMatchObject([
    { reason: { code: "too_few_units", variant: "control", units: 90 } },
  ]);
  expect(verdict).toMatchObject({ code: "too_early", unitsToGo: 50 });
});
