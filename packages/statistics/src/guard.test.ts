import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { analyseExperiment } from "./experiment";
import { guardVariances } from "./guard";
import { analyse } from "./metric";
import { contradictionsOfMetric } from "./testing/contradictions";
import { prices } from "./testing/scenarios";
import type { ArmData, Design, EpochData, MetricPlan, MetricRole } from "./types";
import { estimateOf } from "./welch";

const arm = fc.record({
  n: fc.integer({ min: 2, max: 100_000 }),
  perUnit: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

describe("the guard", () => {
  property.prop([fc.array(arm, { minLength: 2, maxLength: 6 })])(
    "lets no smaller variant vary less than all together, and changes nothing else",
    (arms) => {
      const shown = arms.map(({ n, perUnit }) => ({
        n,
        effectiveN: n,
        estimate: estimateOf(n, 1, perUnit * (n - 1)),
      }));
      const largest = Math.max(...arms.map(({ n }) => n));
      const df = arms.reduce((sum, { n }) => sum + n - 1, 0);
      const pooled = arms.reduce((sum, { n, perUnit }) => sum + perUnit * (n - 1), 0) / df;
      for (const [i, guarded] of guardVariances(shown).entries()) {
        const { n = 0, perUnit = 0 } = arms[i] ?? {};
        const least = n >= 0.8 * largest ? perUnit : Math.max(perUnit, pooled);
        expect(guarded.estimate.variance * n).toBeCloseTo(least, 6 - Math.ceil(Math.log10(1 + least)));
        expect(guarded.estimate.value).toBe(1);
      }
    },
  );
});

const design: Design = {
  control: "control",
  variants: ["control", "urgent"],
  mode: "sequential",
  plannedUnits: 2_892,
  plannedDays: 7,
  days: 14,
  plannedComparisons: 1,
};
const plan = (kind: ArmData["kind"], role: MetricRole = "primary"): MetricPlan => ({
  id: "revenue",
  kind,
  direction: "increase",
  role,
  minimumEffect: null,
});

/** Of the units few pay, as every kind of metric sees it. */
const kinds: Record<string, (n: number, payers: number) => ArmData> = {
  "the rate that pays": (n, payers) => ({ kind: "rate", n, conversions: payers }),
  "a rate adjusted by what was known": (n, payers) => ({
    kind: "rate",
    n,
    conversions: payers,
    covariate: { mean: 1, m2: n, comoment: 0 },
  }),
  revenue: (n, payers) => ({ kind: "mean", n, value: prices(n, payers, 49) }),
  "revenue adjusted by what was known": (n, payers) => ({
    kind: "mean",
    n,
    value: prices(n, payers, 49),
    covariate: { mean: 1, m2: n, comoment: 0 },
  }),
  "revenue per booking": (n, payers) => ({
    kind: "ratio",
    n,
    numerator: prices(n, payers, 49),
    denominator: { mean: 2, m2: n },
    comoment: 0,
  }),
};
const splits = { "95/5": [2_732, 160], "5/95": [160, 2_732] } as const;
const cells = Object.keys(kinds).flatMap((kind) =>
  Object.keys(splits).flatMap((split) =>
    (["sequential", "fixed"] as const).map((mode) => ({ kind, split: split as keyof typeof splits, mode })),
  ),
);

describe("160 of which none pays against 2,732 of which 25 do", () => {
  test.each(cells)("say nothing of $kind, $split, $mode", ({ kind, split, mode }) => {
    const make = kinds[kind] as (n: number, payers: number) => ArmData;
    const [control, urgent] = splits[split].map((n) => make(n, n === 160 ? 0 : 25)) as [ArmData, ArmData];
    const epochs: EpochData[] = [
      { epoch: 1, weights: { control: 95, urgent: 5 }, arms: { control, urgent } },
    ];
    for (const role of ["primary", "secondary", "guardrail"] as const) {
      const result = analyse({ ...design, mode, metric: plan(control.kind, role), epochs });
      const [one] = result.comparisons;
      if (one?.status !== "compared") expect.fail(JSON.stringify(one));
      expect(one.outcome, role).toBe("unclear");
      expect(one.pAdjusted, role).toBeGreaterThan(0.2);
      expect(contradictionsOfMetric(result)).toEqual([]);
    }
  });

  test("in one phase of several are raised there, whatever the others show", () => {
    const epochs: EpochData[] = [
      {
        epoch: 1,
        weights: { control: 95, urgent: 5 },
        arms: {
          control: kinds.revenue?.(2_732, 25) as ArmData,
          urgent: kinds.revenue?.(160, 0) as ArmData,
        },
      },
      {
        epoch: 2,
        weights: { control: 50, urgent: 50 },
        arms: {
          control: kinds.revenue?.(100, 1) as ArmData,
          urgent: kinds.revenue?.(100, 1) as ArmData,
        },
      },
    ];
    const [one] = analyse({ ...design, metric: plan("mean"), epochs }).comparisons;
    expect(one).toMatchObject({ outcome: "unclear", widened: { variant: "urgent" } });
  });

  test("say that the variance was raised, and of which variant", () => {
    const epochs = (payers: number): EpochData[] => [
      {
        epoch: 1,
        weights: { control: 95, urgent: 5 },
        arms: {
          control: kinds.revenue?.(2_732, 25) as ArmData,
          urgent: kinds.revenue?.(160, payers) as ArmData,
        },
      },
    ];
    const widened = (payers: number) => {
      const [one] = analyse({ ...design, metric: plan("mean"), epochs: epochs(payers) }).comparisons;
      return one?.status === "compared" ? one.widened : undefined;
    };
    expect(widened(0)).toEqual({ variant: "urgent", factor: null });
    expect(widened(1)?.factor).toBeGreaterThan(1.05);
    expect(widened(3)).toBeNull();
  });
});

test("a guardrail that few in the smaller variant touched stops nothing", () => {
  const arms = {
    control: kinds.revenue?.(2_732, 25) as ArmData,
    urgent: kinds.revenue?.(160, 0) as ArmData,
  };
  const upgrades: ArmData = { kind: "rate", n: 1_000, conversions: 100 };
  const weights = { control: 95, urgent: 5 };
  const { verdict } = analyseExperiment({
    ...design,
    split: [{ epoch: 1, weights, units: { control: 2_732, urgent: 160 } }],
    metrics: [
      {
        metric: { ...plan("rate"), id: "upgrades" },
        epochs: [{ epoch: 1, weights, arms: { control: upgrades, urgent: upgrades } }],
      },
      { metric: plan("mean", "guardrail"), epochs: [{ epoch: 1, weights, arms }] },
    ],
  });
  expect(verdict.code).not.toBe("guardrail_worse");
});

describe("few teams", () => {
  const teams = (n: number, mean: number): ArmData => ({
    kind: "ratio",
    n,
    numerator: { mean, m2: 40 * (n - 1) },
    denominator: { mean: 10, m2: 9 * (n - 1) },
    comoment: 0,
  });
  const compare = (n: number, mode: Design["mode"]) => {
    const epochs = [
      {
        epoch: 1,
        weights: { control: 50, urgent: 50 },
        arms: { control: teams(n, 20), urgent: teams(n, 24) },
      },
    ];
    const [one] = analyse({
      ...design,
      plannedUnits: 2 * n,
      mode,
      metric: plan("ratio"),
      epochs,
    }).comparisons;
    return one;
  };

  test.each(["sequential", "fixed"] as const)("are read with the tails of Student's t, %s", (mode) => {
    const [few, many] = [compare(30, mode), compare(30_000, mode)];
    if (few?.status !== "compared" || many?.status !== "compared") expect.fail("nothing is compared");
    const width = ({ low, high }: { low: number | null; high: number | null }) => (high ?? 0) - (low ?? 0);
    expect(width(few.interval) / width(many.interval)).toBeGreaterThan(1.01 * Math.sqrt(1_000));
  });

  test("are not compared below thirty a variant, and the reason says so", () => {
    expect(compare(29, "sequential")).toMatchObject({
      status: "withheld",
      reason: { code: "too_few_units", units: 29, needed: 30 },
    });
  });
});

test("no bound of a lift, and none of a row, lies below what is possible", () => {
  const arms = {
    control: kinds.revenue?.(2_732, 250) as ArmData,
    urgent: kinds.revenue?.(160, 2) as ArmData,
  };
  const epochs = (change: (data: ArmData) => ArmData): EpochData[] => [
    {
      epoch: 1,
      weights: { control: 95, urgent: 5 },
      arms: { control: change(arms.control), urgent: change(arms.urgent) },
    },
  ];
  const bounds = (change: (data: ArmData) => ArmData) => {
    const { comparisons, arms } = analyse({ ...design, metric: plan("mean"), epochs: epochs(change) });
    const [one] = comparisons;
    return one?.status === "compared" ? [one.lift.interval?.low ?? 0, arms[1]?.interval?.low ?? 0] : [];
  };
  expect(bounds((data) => data)).toEqual([-1, 0]);
  // With refunds, less than nothing is possible.
  const withRefunds = bounds((data) =>
    data.kind === "mean" ? { ...data, value: { ...data.value, min: -49 } } : data,
  );
  expect(withRefunds[0]).toBeLessThan(-1);
  expect(withRefunds[1]).toBeLessThan(0);
});
