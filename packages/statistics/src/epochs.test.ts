import { describe, expect, test } from "vitest";
import { analyse } from "./metric";
import type { Compared } from "./results-types";
import type { ArmData, EpochData, MetricInput } from "./types";

const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
/** From 90/10 to 50/50 while the rate of both falls from 10 % to 4 %. */
const simpson: EpochData[] = [
  {
    epoch: 1,
    weights: { control: 90, urgent: 10 },
    arms: { control: rate(9_000, 900), urgent: rate(1_000, 100) },
  },
  {
    epoch: 2,
    weights: { control: 50, urgent: 50 },
    arms: { control: rate(5_000, 200), urgent: rate(5_000, 200) },
  },
];

function unitsOf(epochs: EpochData[]): number {
  return epochs.flatMap(({ arms }) => Object.values(arms)).reduce((total, { n }) => total + n, 0);
}

function compare(epochs: EpochData[], mode: MetricInput["mode"]): Compared {
  const [comparison] = analyse({
    control: "control",
    variants: ["control", "urgent"],
    mode,
    plannedUnits: Math.min(20_000, unitsOf(epochs)),
    plannedDays: null,
    days: 14,
    plannedComparisons: 1,
    metric: {
      id: "metric",
      kind: epochs[0]?.arms.control?.kind ?? "rate",
      direction: "increase",
      role: "primary",
      minimumEffect: null,
    },
    epochs,
  }).comparisons;
  if (comparison?.status !== "compared") expect.fail(JSON.stringify(comparison));
  return comparison;
}

describe.each(["fixed", "sequential"] as const)("over epochs, in %s mode", (mode) => {
  test("no difference within the epochs is none over them, whatever the weights did", () => {
    const comparison = compare(simpson, mode);
    expect(comparison.difference).toBeCloseTo(0, 12);
    expect(comparison.lift.value).toBeCloseTo(0, 12);
    expect(comparison.outcome).toBe("unclear");
  });

  test("values, difference and lift are those of one table", () => {
    const { controlValue, treatmentValue, difference, lift } = compare(
      [
        ...simpson.slice(0, 1),
        {
          epoch: 2,
          weights: { control: 50, urgent: 50 },
          arms: { control: rate(5_000, 200), urgent: rate(5_000, 300) },
        },
      ],
      mode,
    );
    expect(treatmentValue - controlValue).toBeCloseTo(difference, 12);
    expect(difference / controlValue).toBeCloseTo(lift.value ?? 0, 12);
  });

  test("cutting a stretch of equal weights and rates in two changes next to nothing", () => {
    const whole = compare(
      [
        {
          epoch: 1,
          weights: { control: 50, urgent: 50 },
          arms: { control: rate(4_000, 400), urgent: rate(4_000, 480) },
        },
      ],
      mode,
    );
    const half = { control: rate(2_000, 200), urgent: rate(2_000, 240) };
    const cut = compare(
      [1, 2].map((epoch) => ({ epoch, weights: { control: 50, urgent: 50 }, arms: half })),
      mode,
    );
    expect(cut.difference).toBeCloseTo(whole.difference, 12);
    expect(cut.interval.low).toBeCloseTo(whole.interval.low ?? 0, 4);
    expect(cut.pNow / whole.pNow).toBeCloseTo(1, 1);
  });

  test("an epoch without one of the two adds nothing", () => {
    const alone: EpochData = {
      epoch: 3,
      weights: { control: 100, urgent: 0 },
      arms: { control: rate(5_000, 5_000) },
    };
    expect(compare([...simpson, alone], mode)).toEqual(compare(simpson, mode));
  });
});

test("with CUPED, units that differed before are compared as if they had not", () => {
  const arm = (before: number, after: number): ArmData => ({
    kind: "mean",
    n: 1_000,
    value: { mean: after, m2: 100_000 },
    covariate: { mean: before, m2: 100_000, comoment: 90_000 },
  });
  const epochs = [
    { epoch: 1, weights: { control: 50, urgent: 50 }, arms: { control: arm(10, 10), urgent: arm(11, 11.9) } },
  ];
  const comparison = compare(epochs, "fixed");
  expect(comparison.isAdjusted).toBe(true);
  // Of the 1.9, the one that was there before is theta's: the slope is 0.9 within, a little more with the difference.
  expect(comparison.difference).toBeCloseTo(1, 1);
  const plain: ArmData = { kind: "mean", n: 1_000, value: { mean: 10, m2: 100_000 } };
  const partly = [
    { epoch: 1, weights: { control: 50, urgent: 50 }, arms: { control: plain, urgent: arm(11, 11.9) } },
  ];
  expect(compare(partly, "fixed")).toMatchObject({ isAdjusted: false });
});

test("a metric that is a rate of teams is a ratio, and small numbers of teams are enough from 30 on", () => {
  const team = (n: number, converted: number): ArmData => ({
    kind: "ratio",
    n,
    numerator: { mean: converted, m2: n * 4 },
    denominator: { mean: 20, m2: n * 30 },
    comoment: n * 5,
  });
  const epochs = (n: number) => [
    { epoch: 1, weights: { control: 50, urgent: 50 }, arms: { control: team(n, 6), urgent: team(n, 8) } },
  ];
  expect(compare(epochs(30), "fixed")).toMatchObject({
    method: "delta",
    controlValue: 0.3,
    treatmentValue: 0.4,
  });
  expect(() => compare(epochs(29), "fixed")).toThrow(/too_few_units/);
});
