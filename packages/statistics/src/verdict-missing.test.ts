import { fc, test } from "@fast-check/vitest";
import { describe, test as example, expect } from "vitest";
import { describeVerdict } from "./describe-verdict";
import { analyseExperiment } from "./experiment";
import type { Verdict } from "./results-types";
import { Random } from "./testing/random";
import { aScenario } from "./testing/scenarios";
import type { AnalysisInput, ArmData, EpochData } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
/** Of revenue per booking; nobody books where there are none. */
const ratio = (n: number, bookings: number): ArmData => ({
  kind: "ratio",
  n,
  numerator: { mean: 5 * bookings, m2: 25 * bookings * n, min: 0 },
  denominator: { mean: bookings, m2: bookings * n, min: 0 },
  comoment: 3 * bookings * n,
});

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

/** A kind of experiment for every reason against a comparison, with and without others that are compared. */
const scenarios = fc.record({
  seed: fc.integer(),
  mode: fc.constantFrom("sequential" as const, "fixed" as const),
  phase: fc.constantFrom("running" as const, "paused" as const),
  days: fc.integer({ min: 0, max: 30 }),
  daysUntilMinimum: fc.constantFrom(undefined, 0, 3),
  shape: fc.constantFrom(
    "any",
    "all convert",
    "nobody converts",
    "no denominators",
    "constant",
    "none of one",
  ),
});

function shaped({ seed, shape, ...change }: ReturnType<typeof scenarios.generate>["value"]): AnalysisInput {
  const { daysUntilMinimum, ...design } = change;
  const input = aScenario(new Random(seed), design.mode);
  return {
    ...input,
    ...design,
    ...(daysUntilMinimum === undefined ? {} : { daysUntilMinimum }),
    metrics: input.metrics.map((one) => ({
      ...one,
      epochs: one.epochs.map((epoch) => ({
        ...epoch,
        arms: Object.fromEntries(
          Object.entries(epoch.arms).flatMap(([variant, arm]) => {
            if (shape === "none of one" && variant === "urgent") return [];
            return [[variant, shapedArm(arm, shape)]];
          }),
        ),
      })),
    })),
  };
}

function shapedArm(arm: ArmData, shape: string): ArmData {
  if (arm.kind === "rate" && shape === "all convert") return rate(arm.n, arm.n);
  if (arm.kind === "rate" && shape === "nobody converts") return rate(arm.n, 0);
  if (arm.kind === "ratio" && shape === "no denominators") return ratio(arm.n, 0);
  if (arm.kind === "mean" && shape === "constant")
    return { kind: "mean", n: arm.n, value: { mean: 0.1, m2: 1e-25 } };
  return arm;
}

const isPast = (input: AnalysisInput) =>
  input.metrics.every(
    ({ epochs }) =>
      epochs.flatMap(({ arms }) => Object.values(arms)).reduce((sum, { n }) => sum + n, 0) >=
      (input.plannedUnits ?? 0),
  );

describe("what is waited for", () => {
  test.prop([scenarios], { numRuns: 3_000 })("is never nothing", (scenario) => {
    const verdict = verdictOf(shaped(scenario));
    const isNothing = (figures: object) => Object.values(figures).every((value) => value === 0);
    if (
      verdict.code === "too_early" ||
      verdict.code === "before_planned_end" ||
      verdict.code === "keep_going"
    ) {
      const { code, ...figures } = verdict;
      expect(isNothing(figures), JSON.stringify(verdict)).toBe(false);
    }
  });

  test.prop([scenarios], { numRuns: 3_000 })(
    "once the plan is reached is units that a variant lacks, and fewer when they come",
    (scenario) => {
      const input = { ...shaped(scenario), mode: "sequential" as const };
      const verdict = verdictOf(input);
      if (verdict.code !== "keep_going" || !isPast(input)) return;
      // Enough for each variant to count in the phase: one unit more may only change which of two is short.
      const more = (arm: ArmData): ArmData => ({ ...arm, n: arm.n + 10 }) as ArmData;
      const later = verdictOf({
        ...input,
        metrics: input.metrics.map((one) => ({
          ...one,
          epochs: one.epochs.map((epoch, i) => ({
            ...epoch,
            arms: Object.fromEntries(
              Object.entries(epoch.arms).map(([name, arm]) => [name, i === 0 ? more(arm) : arm]),
            ),
          })),
        })),
      });
      const missing = Object.values(input.split[0]?.units ?? {}).length < input.variants.length;
      // Of a variant that has nobody in this epoch, nobody came.
      if (later.code === "keep_going" && !missing && scenario.shape !== "none of one")
        expect(later.unitsToGo).toBeLessThan(verdict.unitsToGo);
    },
  );
});

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
