import { describe, expect, test } from "vitest";
import { countedAfter, effectFor, type PlanInput, plan } from "./planner";
import { costOfLooking } from "./sample-size";

const input: PlanInput = {
  metric: { kind: "rate", baseline: 0.1 },
  direction: "increase",
  minimumEffect: 0.2,
  mode: "fixed",
  control: "control",
  weights: { control: 50, urgent: 50 },
  primaryMetrics: 1,
  arrivals: { perDay: 500 },
  windowDays: 0,
};
const units = (change: Partial<PlanInput>) => {
  const planned = plan({ ...input, ...change });
  return planned.status === "planned" ? planned.units : planned.reason;
};

describe("a plan", () => {
  test("has the units of R's power.prop.test and whole weeks", () => {
    expect(plan(input)).toEqual({
      status: "planned",
      units: 7_682, // 3,840.85 per variant
      perVariant: { control: 3_841, urgent: 3_841 },
      weeks: 3,
      comparisons: 1,
      costOfLooking: 1,
    });
    expect(plan({ ...input, arrivals: { perDay: 100_000 } })).toMatchObject({ weeks: 1 });
  });

  test("says what it costs to look at any time", () => {
    expect(costOfLooking(0.05, 0.8)).toBeCloseTo(1.91, 2);
    const sequential = plan({ ...input, mode: "sequential" });
    expect(sequential).toMatchObject({ costOfLooking: costOfLooking(0.05, 0.8) });
    expect(Number(units({ mode: "sequential" })) / 7_682).toBeCloseTo(1.91, 1);
  });

  test("grows with variants, metrics and uneven weights, and shrinks with what is known before", () => {
    const base = Number(units({}));
    expect(units({ weights: { control: 34, urgent: 33, calm: 33 } })).toBeGreaterThan(base * 1.4);
    expect(units({ primaryMetrics: 2 })).toBeGreaterThan(base);
    expect(units({ weights: { control: 90, urgent: 10 } })).toBeGreaterThan(base * 2);
    expect(Number(units({ varianceReduction: 0.5 })) / base).toBeCloseTo(0.5, 3);
  });

  test("finds the effect again that its units were planned for", () => {
    for (const change of [
      {},
      { mode: "sequential" as const },
      { direction: "decrease" as const },
      {
        metric: { kind: "mean" as const, mean: -20, sd: 50 },
        weights: { control: 20, urgent: 50, calm: 30 },
      },
    ]) {
      expect(effectFor({ ...input, ...change }, Number(units(change)))).toBeCloseTo(0.2, 3);
    }
    expect(effectFor(input, 100)).toBeGreaterThan(1);
    // With ten a conversion more or less is all there is: nothing is compared.
    expect(effectFor(input, 10)).toBeNull();
    expect(effectFor(input, 0)).toBeNull();
  });

  test("that does not fit says so, and what would fit", () => {
    const small = { ...input, arrivals: { perDay: 20 } };
    const answer = plan(small);
    expect(answer).toMatchObject({
      status: "impossible",
      reason: { code: "does_not_fit", weeksNeeded: 55, mostWeeks: 12, units: 7_682 },
    });
    if (answer.status !== "impossible" || answer.reason.code !== "does_not_fit")
      expect.fail("It does not fit.");
    const smallestEffect = answer.reason.smallestEffect ?? 0;
    expect(plan({ ...small, minimumEffect: smallestEffect * 1.01 })).toMatchObject({
      status: "planned",
      weeks: 12,
    });
  });

  test("takes the window of its last units too, for only then are they counted", () => {
    // 16 days until they have come; the last of them is counted 14 days later, on the 30th.
    for (const mode of ["fixed", "sequential"] as const) {
      const days = Math.ceil(Number(units({ mode })) / 500);
      for (const windowDays of [0, 1, 5, 6, 14, 30])
        expect(plan({ ...input, mode, windowDays })).toMatchObject({
          weeks: Math.ceil((days + windowDays) / 7),
        });
    }
    expect(plan({ ...input, arrivals: { perDay: 100_000 }, windowDays: 14 })).toMatchObject({ weeks: 3 });
    const cumulative = [4_000, 6_000, 7_000, 7_500, 7_800];
    const asked = { ...input, arrivals: { cumulative }, minimumDays: 3 };
    expect(plan({ ...asked, windowDays: 2 })).toMatchObject({ weeks: 1 });
    expect(plan({ ...asked, windowDays: 3 })).toMatchObject({ weeks: 2 });
  });

  test("takes the days on which units come, as nothing is compared before enough of them", () => {
    const soon = { ...input, arrivals: { perDay: 100_000 } };
    expect(plan({ ...soon, minimumDays: 14 })).toMatchObject({ weeks: 2 });
    expect(plan({ ...soon, minimumDays: 14, windowDays: 3 })).toMatchObject({ weeks: 3 });
    // On five days of a week: seven of them take nine days, and fourteen of them eighteen.
    const weekdays = Array.from({ length: 7 }, (_, day) => 10_000 * Math.min(5, day + 1));
    const busy = { ...input, arrivals: { cumulative: weekdays } };
    expect(plan({ ...busy, minimumDays: 5 })).toMatchObject({ weeks: 1 });
    expect(plan(busy)).toMatchObject({ weeks: 2 });
    expect(plan({ ...busy, minimumDays: 14 })).toMatchObject({ weeks: 3 });
  });

  test("is wider where it is not read at the number that was frozen, and in fixed mode not read before it", () => {
    const sequential = { ...input, mode: "sequential" as const };
    const tuned = effectFor(sequential, 400) ?? 0;
    expect(effectFor(sequential, 400, 10_000)).toBeGreaterThan(tuned * 1.4);
    expect(effectFor(sequential, 10_000, 400)).toBeGreaterThan((effectFor(sequential, 10_000) ?? 0) * 1.02);
    expect(effectFor(input, 400, 10_000)).toBeNull();
    expect(effectFor(input, 10_000, 400)).toBe(effectFor(input, 400));
  });

  test("has the units of each variant without which nothing is compared", () => {
    const large = { ...input, minimumEffect: 5, weights: { control: 80, urgent: 20 }, minimumUnits: 100 };
    expect(plan(large)).toMatchObject({ units: 500, perVariant: { control: 400, urgent: 100 } });
    expect(effectFor(large, 499)).toBeNull();
  });

  test("counts a variant without a share as a comparison, as the verdict does", () => {
    expect(plan({ ...input, weights: { ...input.weights, calm: 0 } })).toMatchObject({ comparisons: 2 });
  });

  test("counts after some weeks whose window has closed by then", () => {
    expect(countedAfter(4, { arrivals: { perDay: 10 }, windowDays: 14 })).toBe(140);
    expect(countedAfter(2, { arrivals: { perDay: 10 }, windowDays: 14 })).toBe(0);
    expect(countedAfter(1, { arrivals: { perDay: 10 }, windowDays: 14 })).toBe(0);
    const cumulative = [3, 5, 6];
    expect(countedAfter(1, { arrivals: { cumulative }, windowDays: 5 })).toBe(5);
    // Two a day from the fourth on, as on average before.
    expect(countedAfter(1, { arrivals: { cumulative }, windowDays: 2 })).toBe(10);
  });

  test("that does not fit because of the window says what fits within it", () => {
    const small = { ...input, arrivals: { perDay: 100 }, windowDays: 14 };
    const answer = plan(small);
    expect(answer).toMatchObject({ reason: { code: "does_not_fit", weeksNeeded: 13 } });
    if (answer.status !== "impossible" || answer.reason.code !== "does_not_fit")
      expect.fail("It does not fit.");
    expect(answer.reason.smallestEffect).toBeCloseTo(effectFor(small, 70 * 100) ?? 0, 10);
    expect(plan({ ...small, windowDays: 0 })).toMatchObject({ status: "planned", weeks: 11 });
    expect(plan({ ...small, windowDays: 90 })).toMatchObject({ reason: { smallestEffect: null } });
  });

  test("follows arrivals that slow down, instead of a constant rate", () => {
    const cumulative = [
      1_000, 1_600, 2_000, 2_250, 2_400, 2_500, 2_580, 2_650, 2_710, 2_760, 2_800, 2_830, 2_850, 2_860,
    ];
    const answer = plan({ ...input, arrivals: { cumulative } });
    expect(answer).toMatchObject({ status: "impossible", reason: { code: "does_not_fit" } });
    expect(plan({ ...input, minimumEffect: 0.4, arrivals: { cumulative } })).toMatchObject({
      status: "planned",
      weeks: 1,
    });
    expect(plan({ ...input, arrivals: { cumulative: [3, 5, 5, 5, 5, 5, 5, 5, 5] } })).toMatchObject({
      reason: { code: "no_arrivals" },
    });
    expect(plan({ ...input, arrivals: { perDay: 0 } })).toMatchObject({ reason: { code: "no_arrivals" } });
  });

  test("of the impossible names what is wrong", () => {
    expect(units({ minimumEffect: 9 })).toEqual({ code: "effect_out_of_range", largest: 9 });
    expect(units({ metric: { kind: "rate", baseline: 0 } })).toEqual({
      code: "invalid_plan",
      field: "metric.baseline",
    });
    expect(units({ metric: { kind: "mean", mean: 0, sd: 1 } })).toEqual({
      code: "invalid_plan",
      field: "metric.mean",
    });
    expect(units({ minimumEffect: 0 })).toEqual({ code: "invalid_plan", field: "minimumEffect" });
    expect(units({ weights: { control: 100 } })).toEqual({ code: "invalid_plan", field: "weights" });
    expect(units({ windowDays: -1 })).toEqual({ code: "invalid_plan", field: "windowDays" });
    expect(units({ power: 1 })).toEqual({ code: "invalid_plan", field: "power" });
  });
});
