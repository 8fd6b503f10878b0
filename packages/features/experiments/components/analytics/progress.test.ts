import { describe, expect, test } from "vitest";
import { awaitedOf } from "../../results/awaited";
import type { StoredResult } from "../../results/types";
import { aResult } from "./charts/testing/results";
import { progressOf } from "./progress";
import { withVerdict } from "./testing/results";

const look = "2026-11-13T00:00:00.000Z";
const startedAt = "2026-11-03T00:00:00.000Z";

describe("progress", () => {
  test("counts the subjects that the analysis holds, as what is still to go does, and not all who saw a variant", () => {
    // 4,385 are compared; as many again are within their window.
    const result = withVerdict({ code: "keep_going", unitsToGo: 4_385, daysToGo: null });
    expect(progressOf({ ...result, exposed: { urgent: 4_385, control: 4_385 } })).toBeCloseTo(0.5, 10);
  });

  test("is that of the slower of days and subjects, and days are whole ones", () => {
    const result = withVerdict({ code: "too_early", unitsToGo: 0, conversionsToGo: 3, daysToGo: 30 });
    expect(progressOf({ ...result, startedAt, look })).toBeCloseTo(10 / 40, 10);
    expect(progressOf({ ...result, startedAt: "2026-11-03T09:00:00.000Z", look })).toBeCloseTo(9 / 39, 10);
  });

  test("goes by the days on which somebody was exposed, where the result has them", () => {
    const result = withVerdict({ code: "too_early", unitsToGo: 0, conversionsToGo: 0, daysToGo: 6 });
    const pace = { days: 1, unitsPerDay: 200, isIdle: false };
    expect(progressOf({ ...result, startedAt, look, pace })).toBeCloseTo(1 / 7, 10);
  });

  test("is not given where nothing is awaited", () => {
    const done = withVerdict({ code: "no_clear_difference", scale: "lift", low: -0.1, high: 0.1 });
    expect([awaitedOf(done), progressOf(done)]).toEqual([null, null]);
  });
});

describe("before the first look", () => {
  const dayOne = (changes: Partial<StoredResult> = {}) =>
    aResult({ analysis: null, look: null, asOf: "2026-11-03T12:00:00.000Z", windowDays: 3, ...changes });
  const settings = { mode: "sequential", plannedSubjects: 4_000, minimumRuntimeDays: 7 } as const;

  test("the least is awaited that any comparison needs, and the first of it is none", () => {
    expect(awaitedOf(dayOne({ settings }))).toEqual({ unitsToGo: 200, daysToGo: 10 });
    expect(awaitedOf(dayOne({ settings, unit: "team" }))).toEqual({ unitsToGo: 60, daysToGo: 10 });
    expect(progressOf(dayOne({ settings }))).toBe(0);
    const fixed = { ...settings, mode: "fixed" } as const;
    expect(awaitedOf(dayOne({ settings: fixed }))).toEqual({ unitsToGo: 4_000, daysToGo: 10 });
  });

  test("the last of the days is compared once its window has closed, however short the runtime", () => {
    const short = { ...settings, minimumRuntimeDays: 1 };
    expect(awaitedOf(dayOne({ settings: short, windowDays: 14 }))?.daysToGo).toBe(15);
  });

  test("nothing is awaited without a metric, nor after the end", () => {
    expect(awaitedOf(dayOne({ metrics: [] }))).toBeNull();
    expect(progressOf(dayOne({ endedAt: "2026-11-03T11:00:00.000Z" }))).toBeNull();
  });
});
