import { describe, expect, test } from "vitest";
import { compareSegments } from "./segments";
import { prices } from "./testing/scenarios";
import type { ArmData, Design, SegmentData } from "./types";

const design: Design = {
  control: "control",
  variants: ["control", "urgent"],
  mode: "sequential",
  plannedUnits: 8_000,
  plannedDays: null,
  days: 14,
  plannedComparisons: 1,
};
const rate = (n: number, conversions: number): ArmData => ({ kind: "rate", n, conversions });
const segment = (value: string, control: ArmData, urgent: ArmData, epoch = 1): SegmentData => ({
  fact: "plan",
  value,
  epochs: [{ epoch, weights: { control: 50, urgent: 50 }, arms: { control, urgent } }],
});

describe("segments", () => {
  test("with the same lift do not differ, however unlike their rates are", () => {
    const results = compareSegments(design, "rate", [
      segment("individual", rate(40_000, 800), rate(40_000, 960)),
      segment("enterprise", rate(40_000, 16_000), rate(40_000, 19_200)),
    ]);
    expect(results.map(({ p, isDifferent }) => [p, isDifferent])).toEqual([
      [1, false],
      [1, false],
    ]);
    expect(results.map(({ lift }) => lift?.value)).toEqual([expect.closeTo(0.2), expect.closeTo(0.2)]);
  });

  test("of two values are one question, and have one answer", () => {
    const [one, other] = compareSegments(design, "rate", [
      segment("individual", rate(2_000, 200), rate(2_000, 200)),
      segment("teams", rate(2_000, 200), rate(2_000, 400)),
    ]);
    expect(one?.isDifferent).toBe(true);
    expect(one?.pAdjusted).toBe(one?.p);
    expect(other?.p).toBeCloseTo(one?.p ?? 1, 12);
    expect(other?.pAdjusted).toBe(one?.pAdjusted);
  });

  test("too rare to be tested have no p, and count among the planned all the same", () => {
    const results = compareSegments(design, "rate", [
      segment("individual", rate(2_000, 200), rate(2_000, 210)),
      segment("teams", rate(2_000, 200), rate(2_000, 320)),
      segment("enterprise", rate(60, 30), rate(60, 30)),
    ]);
    const [individual, teams, enterprise] = results;
    expect(enterprise).toMatchObject({ lift: null, p: null, pAdjusted: null, isDifferent: false });
    expect(teams?.pAdjusted).toBeCloseTo(3 * (teams?.p ?? 0), 12);
    expect(individual?.p).toBeLessThan(1);
  });

  test("are not told apart by what changed between phases with other shares", () => {
    const epochs = (base: number) => [
      {
        epoch: 1,
        weights: { control: 90, urgent: 10 },
        arms: { control: rate(9_000, 9_000 * base), urgent: rate(1_000, 1_000 * base) },
      },
      {
        epoch: 2,
        weights: { control: 10, urgent: 90 },
        arms: { control: rate(1_000, 2_000 * base), urgent: rate(9_000, 18_000 * base) },
      },
    ];
    const flat = { epoch: 1, weights: {}, arms: { control: rate(5_000, 500), urgent: rate(5_000, 500) } };
    const [one] = compareSegments(design, "rate", [
      { fact: "plan", value: "teams", epochs: epochs(0.1) },
      { fact: "plan", value: "individual", epochs: [flat] },
    ]);
    expect(one?.lift?.value).toBeCloseTo(0);
    expect(one?.isDifferent).toBe(false);
  });

  test.each(["mean", "ratio"] as const)("of a %s are read as such", (kind) => {
    const arm = (n: number, payers: number): ArmData =>
      kind === "mean"
        ? { kind, n, value: prices(n, payers, 49) }
        : { kind, n, numerator: prices(n, payers, 49), denominator: { mean: 2, m2: n }, comoment: 0 };
    const [one] = compareSegments(design, kind, [
      segment("individual", arm(4_000, 400), arm(4_000, 400)),
      segment("teams", arm(4_000, 400), arm(4_000, 800)),
    ]);
    expect(one?.isDifferent).toBe(true);
  });

  test("have no answer where nobody acts, where the data cannot be, or where nothing was planned", () => {
    const idle = [segment("a", rate(500, 0), rate(500, 0)), segment("b", rate(500, 0), rate(500, 0))];
    const broken = [segment("a", rate(500, 600), rate(500, 0)), segment("b", rate(500, 50), rate(500, 50))];
    const fine = [segment("a", rate(500, 60), rate(500, 50)), segment("b", rate(500, 50), rate(500, 50))];
    for (const [given, data] of [
      [design, idle],
      [design, broken],
      [{ ...design, plannedUnits: null }, fine],
      [{ ...design, days: 3 }, fine],
      [design, fine.slice(0, 1)],
      [design, []],
    ] as const)
      expect(
        compareSegments(given, "rate", data).every(({ p, isDifferent }) => p === null && !isDifferent),
      ).toBe(true);
  });
});
