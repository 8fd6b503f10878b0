import { describe, expect, test } from "vitest";
import { defineEventMetric } from "../../metrics/define-metric";
import type { PlannedMetric } from "../../metrics/planned";
import { aConfig } from "../../testing/builders";
import { type Assumptions, NO_ASSUMPTIONS } from "../../types/assumptions";
import { planQuestionSchema } from "../../types/input";
import { assumedBaseline } from "./assumed";
import { buildForecast, type ForecastFacts } from "./build-forecast";

const primary: PlannedMetric = { metric: defineEventMetric("clicked"), role: "primary" };
const nothing: ForecastFacts = { primary, audience: null, precedent: null, cumulative: null, baseline: null };

const forecast = (assumptions: Partial<Assumptions>, facts: Partial<ForecastFacts> = {}) =>
  buildForecast(planQuestionSchema.parse(aConfig({ assumptions: { ...NO_ASSUMPTIONS, ...assumptions } })), {
    ...nothing,
    ...facts,
  });

describe("without any history", () => {
  test("nothing is forecast, and it is said what may be assumed", () => {
    expect(forecast({})).toMatchObject({
      missing: "arrivals",
      baseline: null,
      frozen: { source: "default" },
      assumable: { perWeek: true, baseline: true, effect: true },
    });
  });

  test("a value and an effect say how many it takes, before anybody knows how many come", () => {
    const { frozen, missing, baseline } = forecast({ baseline: 10, effect: 20 });
    expect(missing).toBe("arrivals");
    expect(baseline).toEqual({ value: 0.1, subjects: 0 });
    expect(frozen).toMatchObject({ source: "minimum_effect", weeks: null });
    expect(frozen.effect).toBeCloseTo(0.2, 3);
    // Textbook, for one look and two arms at 80 %: some 3,840 of each; looking at any time costs up to twice that.
    expect(frozen.subjects).toBeGreaterThan(2 * 3_800);
    expect(frozen.subjects).toBeLessThan(4 * 4_200);
  });

  test("and with how many come in a week, how long it takes, which the start freezes", () => {
    const { frozen, missing, perWeek, reach, plan } = forecast({ baseline: 10, effect: 20, perWeek: 7_000 });
    expect({ missing, perWeek }).toEqual({ missing: null, perWeek: 7_000 });
    expect(frozen.weeks).toBeGreaterThan(2);
    expect(plan).toMatchObject({ status: "planned", units: frozen.subjects });
    expect(reach.at(-1)?.subjects).toBeGreaterThan(reach[0]?.subjects ?? 0);
  });
});

test("what history says is not assumed", () => {
  const baseline = {
    value: 0.3,
    subjects: 500,
    input: { kind: "rate", baseline: 0.3 },
    varianceReduction: 0,
  } as const;
  const cumulative = Array.from({ length: 28 }, (_, day) => 100 * (day + 1));
  const known = forecast({ baseline: 10, perWeek: 7, effect: 20 }, { baseline, cumulative });
  expect(known).toMatchObject({
    perWeek: 700,
    baseline: { value: 0.3, subjects: 500 },
    assumable: { perWeek: false, baseline: false, effect: true },
    minimumEffect: 0.2,
  });
});

test.each([
  ["conversion", { baseline: 0 }],
  ["conversion", { baseline: 100 }],
  ["conversion", { baseline: -3 }],
  ["mean", { baseline: 12 }],
  ["mean", { baseline: 0, spread: 3 }],
  ["ratio", { spread: 3 }],
] as const)("no plan rests on a %s of %o", (kind, assumed) => {
  expect(assumedBaseline(kind, { ...NO_ASSUMPTIONS, ...assumed })).toBeNull();
});

test("a mean needs its spread", () => {
  expect(assumedBaseline("mean", { ...NO_ASSUMPTIONS, baseline: 12, spread: 30 })).toMatchObject({
    value: 12,
    input: { kind: "mean", mean: 12, sd: 30 },
  });
});
