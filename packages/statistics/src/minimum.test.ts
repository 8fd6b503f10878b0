import { describe, expect, test } from "vitest";
import { arrived, daysFor, daysWithUnits } from "./arrivals";
import type { Pair } from "./combine";
import { isMendedByTime, minimumUnits, missingCounts, missingFor, unitsOfPair } from "./minimum";
import type { WithheldReason } from "./reason-types";
import type { ArmData, Design, EpochData } from "./types";

const design: Design = {
  control: "control",
  variants: ["control", "urgent"],
  mode: "sequential",
  plannedUnits: 5_000,
  plannedDays: null,
  days: 7,
  plannedComparisons: 1,
};
const rate = (n: number): ArmData => ({ kind: "rate", n, conversions: 0 });

describe("before two variants are compared", () => {
  const ask = (control: number, treatment: number, change: Partial<Design> = {}) =>
    missingFor({ control, treatment }, "urgent", { ...design, ...change }, "rate");

  test("there are seven days, or as many as are asked for", () => {
    expect(ask(100, 100)).toBeNull();
    expect(ask(100, 100, { days: 6 })).toEqual({ code: "too_few_days", days: 6, needed: 7 });
    expect(ask(100, 100, { minimumDays: 8 })).toEqual({ code: "too_few_days", days: 7, needed: 8 });
    expect(ask(100, 100, { days: 0, minimumDays: 0 })).toBeNull();
  });

  test("there are a hundred units of each, thirty of a ratio, or as many as are asked for", () => {
    expect(ask(99, 100)).toEqual({ code: "too_few_units", variant: "control", units: 99, needed: 100 });
    expect(ask(100, 99)).toEqual({ code: "too_few_units", variant: "urgent", units: 99, needed: 100 });
    expect(ask(98, 97)).toMatchObject({ variant: "control" });
    expect(["rate", "mean", "ratio"].map((kind) => minimumUnits({}, kind as "rate"))).toEqual([100, 100, 30]);
    expect(minimumUnits({ minimumUnits: 7 }, "ratio")).toBe(7);
    expect(minimumUnits({ minimumUnits: 0 }, "rate")).toBe(0);
  });

  test("days are asked for before units", () => {
    expect(ask(1, 1, { days: 1 })).toMatchObject({ code: "too_few_days" });
  });

  test("there are ten conversions of both, and ten units without one", () => {
    const pair = (conversions: number | null) =>
      ({ control: { n: 50 }, treatment: { n: 60 }, conversions }) as unknown as Pair;
    expect(missingCounts(pair(null))).toBeNull();
    expect(missingCounts(pair(10))).toBeNull();
    expect(missingCounts(pair(9.5))).toEqual({ code: "too_few_conversions", conversions: 9.5, needed: 10 });
    expect(missingCounts(pair(100))).toBeNull();
    expect(missingCounts(pair(101))).toEqual({ code: "too_few_failures", failures: 9, needed: 10 });
    expect(missingCounts(pair(0))).toMatchObject({ code: "too_few_conversions" });
  });
});

test("units are those that are compared, and before that all that have come", () => {
  const names = { control: "control", treatment: "urgent" };
  const weights = { control: 50, urgent: 50 };
  const epochs: EpochData[] = [
    { epoch: 1, weights, arms: { control: rate(10), urgent: rate(20), calm: rate(500) } },
    { epoch: 2, weights, arms: { urgent: rate(7) } },
  ];
  expect(unitsOfPair(null, epochs, names)).toEqual({ control: 10, treatment: 27 });
  const pair = { control: { n: 4 }, treatment: { n: 5 } } as unknown as Pair;
  expect(unitsOfPair(pair, epochs, names)).toEqual({ control: 4, treatment: 5 });
});

test("time mends what is too few, and nothing else", () => {
  const codes: WithheldReason["code"][] = [
    "invalid_data",
    "no_plan",
    "no_primary_metric",
    "no_data",
    "no_common_epoch",
    "too_few_days",
    "too_few_units",
    "too_few_conversions",
    "too_few_failures",
    "before_planned_end",
    "zero_denominator",
    "denominator_near_zero",
    "no_variation",
    "no_variation_within",
    "no_variation_left",
    "not_measured",
    "chosen_after_start",
  ];
  expect(codes.filter((code) => isMendedByTime({ code } as WithheldReason))).toEqual([
    "no_data",
    "too_few_days",
    "too_few_units",
    "too_few_conversions",
    "before_planned_end",
  ]);
});

describe("units that come", () => {
  const slowing = { cumulative: [10, 18, 24, 28, 30, 31, 31, 31] };

  test("so many a day", () => {
    expect([0, 0.5, 1, 3].map((days) => arrived(days, { perDay: 10 }))).toEqual([0, 0, 10, 30]);
    expect([1, 10, 11].map((units) => daysFor(units, { perDay: 10 }))).toEqual([1, 1, 2]);
    expect(daysFor(1, { perDay: 0 })).toBeNull();
    expect([daysWithUnits(5, { perDay: 10 }), daysWithUnits(5, { perDay: 0 })]).toEqual([5, null]);
  });

  test("as they came, and from then on as in the last week", () => {
    expect([0, 1, 3, 8].map((days) => arrived(days, slowing))).toEqual([0, 10, 24, 31]);
    expect(arrived(10, slowing)).toBeCloseTo(31 + 2 * 3, 9);
    expect([1, 10, 11, 31].map((units) => daysFor(units, slowing))).toEqual([1, 1, 2, 6]);
    expect([32, 34, 35].map((units) => daysFor(units, slowing))).toEqual([9, 9, 10]);
    expect(arrived(5, { cumulative: [4, 8] })).toBe(20);
    expect(arrived(5, { cumulative: [] })).toBe(0);
    expect(daysFor(1, { cumulative: [] })).toBeNull();
    expect(daysFor(9, { cumulative: [5, 5, 5, 5, 5, 5, 5, 5] })).toBeNull();
  });

  test("come on some of the days only", () => {
    expect([1, 6].map((days) => daysWithUnits(days, slowing))).toEqual([1, 6]);
    // Units came on five of the last seven days.
    expect(daysWithUnits(7, slowing)).toBe(8 + Math.ceil(1 / (5 / 7)));
    expect(daysWithUnits(2, { cumulative: [5, 5, 5, 5, 5, 5, 5, 5] })).toBeNull();
    expect(daysWithUnits(1, { cumulative: [0, 0, 3] })).toBe(3);
  });
});
