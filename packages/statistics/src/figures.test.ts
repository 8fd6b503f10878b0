import { describe, expect, test } from "vitest";
import { describeVerdict } from "./describe-verdict";
import { analyseExperiment } from "./experiment";
import { impactPerMonth } from "./impact";
import { analyse } from "./metric";
import { effectFor, type PlanInput, plan } from "./planner";
import type { Analysis } from "./results-types";
import { compareSegments } from "./segments";
import { analyseSplit, segmentKey } from "./split";
import { figuresOf } from "./testing/figures";
import { Random } from "./testing/random";
import { aScenario } from "./testing/scenarios";
import type { AnalysisInput, ArmData, EpochUnits, Moments, SegmentData } from "./types";

// Results are stored with the version of the engine, and checked by it later. If one of these figures has to change, raise
// ENGINE_VERSION and accept the new figures with `npx vitest run --project unit packages/statistics -u`.

describe("the engine says of the same figures what it said before", () => {
  const seeds = Array.from({ length: 24 }, (_, index) => index + 1);
  const scenarios = seeds.flatMap((seed) => [["sequential", seed] as const, ["fixed", seed] as const]);

  test.each(scenarios)("in %s mode, experiment %i", (mode, seed) => {
    const input = { ...aScenario(new Random(seed), mode), hasChances: true };
    expect(readable(input, analyseExperiment(input))).toMatchSnapshot();
  });

  test.each(Array.from({ length: 200 }, (_, index) => index + 1))("in a verdict, experiment %i", (seed) => {
    const random = new Random(5_000 + seed);
    const input = withCircumstances(random, aScenario(random, random.pick(["sequential", "fixed"])));
    const { verdict, guardrails, endedShort, isFinal, metrics, state } = analyseExperiment(input);
    const comparisons = metrics.flatMap((one) => one.comparisons);
    const ps = comparisons.map((one) => (one.status === "compared" ? [one.p, one.pAdjusted] : one.reason));
    expect(figuresOf({ verdict, guardrails, endedShort, isFinal, ps, state })).toMatchSnapshot();
  });

  test.each(seeds)("where hardly anybody came or acted, experiment %i", (seed) => {
    const random = new Random(1_000 + seed);
    const kind = random.pick(["rate", "mean", "ratio"] as const);
    const mode = random.pick(["sequential", "fixed"] as const);
    const [control, urgent] = [anExtremeArm(random, kind), anExtremeArm(random, kind)];
    const result = analyse({
      control: "control",
      variants: ["control", "urgent"],
      mode,
      plannedUnits: control.n + urgent.n,
      plannedDays: null,
      days: 14,
      plannedComparisons: 1,
      minimumUnits: 2,
      metric: { id: "metric", kind, direction: "increase", role: "primary", minimumEffect: 0.1 },
      epochs: [{ epoch: 1, weights: { control: 50, urgent: 50 }, arms: { control, urgent } }],
    });
    expect(`${kind} ${mode}\n${figuresOf(result)}`).toMatchSnapshot();
  });

  test.each(seeds)("of a split, experiment %i", (seed) => {
    const input = aSplit(new Random(4_000 + seed));
    const first = analyseSplit(input);
    const smallestSegmentP = { [segmentKey({ fact: "country", value: "DE" })]: 1e-4 };
    const later = analyseSplit(input, { smallestSplitP: 0.004, smallestSegmentP });
    expect(`${figuresOf(first)}\nlater\n${figuresOf(later)}`).toMatchSnapshot();
  });

  test.each(seeds.slice(0, 12))("of segments, experiment %i", (seed) => {
    const { design, kind, segments } = someSegments(new Random(2_000 + seed));
    expect(figuresOf(compareSegments(design, kind, segments))).toMatchSnapshot();
  });

  test.each(seeds.slice(0, 16))("of a plan, experiment %i", (seed) => {
    const random = new Random(3_000 + seed);
    const input = aPlan(random);
    const answers = [plan(input), plan({ ...input, minimumEffect: input.minimumEffect / 4, mostWeeks: 2 })];
    const effects = [10, 300, 5_000, 100_000].map((units) => [
      effectFor(input, units),
      effectFor(input, units, 5_000),
    ]);
    expect(figuresOf({ answers, effects })).toMatchSnapshot();
  });
});

function readable(input: AnalysisInput, result: Analysis): string {
  const { metrics, ...rest } = result;
  const impacts = metrics.flatMap(({ metric, comparisons }) =>
    comparisons.map((one) => (one.status === "compared" ? impactPerMonth(metric.kind, one, 120) : null)),
  );
  const { verdict } = result;
  return [
    `${input.variants.join(", ")}: ${describeVerdict(verdict)}`,
    figuresOf({ ...rest, impacts }),
    ...metrics.map(figuresOf),
  ].join("\n");
}

/** Paused or over, just begun, after an earlier look, with a metric that nobody measures or that was chosen too late. */
function withCircumstances(random: Random, input: AnalysisInput): AnalysisInput {
  const ids = input.metrics.map(({ metric }) => metric.id);
  const treatments = input.variants.filter((variant) => variant !== input.control);
  const found = Object.fromEntries(treatments.map((variant) => [variant, random.pick([1e-6, 0.02, 1])]));
  return {
    ...input,
    phase: input.phase ?? random.pick(["running", "running", "paused", "over"]),
    days: random.pick([3, 14, 14, 14, 14, 40]),
    minimumUnits: random.pick([30, 30, 30, 100, 5_000]),
    alpha: random.pick([0.05, 0.1]),
    ...(random.uniform() < 0.1
      ? { unmeasured: [{ id: "lost", role: random.pick(["primary", "guardrail"]) }] }
      : {}),
    ...(random.uniform() < 0.2 ? { daysUntilMinimum: 9, reached: { units: 400, days: 6 } } : {}),
    metrics: input.metrics.map(({ metric, epochs }) => ({
      epochs,
      metric: { ...metric, isChosenAfterStart: metric.isChosenAfterStart === true || random.uniform() < 0.1 },
    })),
    previous: {
      smallestP: random.uniform() < 0.3 ? Object.fromEntries(ids.map((id) => [id, found])) : {},
      smallestSplitP: random.pick([1, 1, 1, 1, 1, 1, 1, 0.003, 0.0002]),
    },
  };
}

function anExtremeArm(random: Random, kind: ArmData["kind"]): ArmData {
  const n = random.pick([2, 3, 40, 160, 3_000, 2_000_000]);
  const few = random.pick([0, 1, 3, n - 1, n]);
  if (kind === "rate") return { kind, n, conversions: Math.min(n, few) };
  const value = (): Moments => {
    const mean = random.pick([0, 0.001, -5, 1e9]);
    return { mean, m2: random.pick([0, 1, n * 4, n * 1e6]), min: Math.min(0, mean) };
  };
  if (kind === "mean") return { kind, n, value: value() };
  const [numerator, denominator] = [value(), { ...value(), mean: random.pick([0, 0.02, 3]) }];
  return { kind, n, numerator, denominator, comoment: 0.5 * Math.sqrt(numerator.m2 * denominator.m2) };
}

/** Some have one variant's units too many, some units where none could be. */
function aSplit(random: Random): Pick<AnalysisInput, "variants" | "split" | "segments"> {
  const variants = ["control", "urgent", "calm"].slice(0, random.pick([2, 3]));
  const shares = variants.map(() => random.pick([50, 50, 10, 1]));
  const tilt = random.pick([1, 1, 1.05, 1.3]);
  const epoch = (number: number, size: number): EpochUnits => {
    const isOff = number === 2 && random.uniform() < 0.4;
    const entries = variants.map((variant, index): [string, number, number] => {
      const weight = isOff && index === 1 ? 0 : (shares[index] ?? 1);
      const units = isOff && index === 1 ? random.pick([0, 3]) : random.binomial(size, weight / 200);
      return [variant, weight, index === 0 ? Math.round(units * tilt) : units];
    });
    return {
      epoch: number,
      weights: Object.fromEntries(entries.map(([variant, weight]) => [variant, weight])),
      units: Object.fromEntries(entries.map(([variant, , units]) => [variant, units])),
    };
  };
  const size = random.pick([8, 60, 900, 40_000]);
  const segment = (value: string) => ({ fact: "country", value, split: [epoch(1, size / 2)] });
  return {
    variants,
    split: [epoch(1, size), ...(random.uniform() < 0.5 ? [epoch(2, size * 2)] : [])],
    segments: ["DE", "FR", "BR"].slice(random.below(3)).map(segment),
  };
}

function someSegments(random: Random) {
  const input = aScenario(random, "sequential");
  const { kind } = input.metrics[0]?.metric ?? { kind: "rate" };
  const segments: SegmentData[] = [
    ["plan", "teams"],
    ["plan", "individual"],
    ["country", "DE"],
    ["country", "FR"],
    ["country", "BR"],
  ].map(([fact = "", value = ""]) => ({
    fact,
    value,
    epochs: input.metrics[0]?.epochs.map((epoch) => ({ ...epoch, arms: resized(random, epoch.arms) })) ?? [],
  }));
  return { design: input, kind, segments };
}

/** The same units many times over, or a few of them. */
function resized(random: Random, arms: Record<string, ArmData>): Record<string, ArmData> {
  const times = random.pick([1, 2, 5]);
  const of = (moments: Moments) => ({
    ...moments,
    mean: moments.mean * random.pick([1, 1.3]),
    m2: moments.m2 * times,
  });
  return Object.fromEntries(
    Object.entries(arms).map(([variant, arm]): [string, ArmData] => {
      const n = arm.n * times;
      if (arm.kind === "rate")
        return [variant, { kind: "rate", n, conversions: arm.conversions * random.below(times + 1) }];
      if (arm.kind === "mean") return [variant, { kind: "mean", n, value: of(arm.value) }];
      const [numerator, denominator] = [of(arm.numerator), of(arm.denominator)];
      return [variant, { kind: "ratio", n, numerator, denominator, comoment: arm.comoment * times }];
    }),
  );
}

function aPlan(random: Random): PlanInput {
  const cumulative = Array.from({ length: 10 }, (_, day) => Math.round(4_000 * (1 - 0.8 ** (day + 1))));
  return {
    metric: random.pick<PlanInput["metric"]>([
      { kind: "rate", baseline: 0.1 },
      { kind: "rate", baseline: 0.004 },
      { kind: "mean", mean: -20, sd: 50 },
    ]),
    direction: random.pick(["increase", "decrease"] as const),
    minimumEffect: random.pick([0.05, 0.2, 0.6]),
    mode: random.pick(["sequential", "fixed"] as const),
    control: "control",
    weights: random.pick<PlanInput["weights"]>([
      { control: 50, urgent: 50 },
      { control: 90, urgent: 10 },
      { control: 20, urgent: 50, calm: 30 },
    ]),
    primaryMetrics: random.pick([1, 2]),
    arrivals: random.pick<PlanInput["arrivals"]>([{ perDay: 900 }, { cumulative }]),
    windowDays: random.pick([0, 3, 14]),
    minimumUnits: random.pick([0, 100]),
    varianceReduction: random.pick([0, 0.3]),
  };
}
