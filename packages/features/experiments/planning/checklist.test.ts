import { describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { aConfig } from "../testing/builders";
import { checklistOf } from "./checklist";
import type { Forecast } from "./types";

const forecast: Forecast = {
  perWeek: 1_000,
  precedent: null,
  matching: null,
  metric: { key: "event:clicked", name: "Clicked", kind: "conversion" },
  baseline: { value: 0.1, subjects: 1_000 },
  reach: [],
  windowDays: 30,
  minimumEffect: null,
  plan: null,
  missing: null,
};

function lengthBy(changes: Partial<Forecast>) {
  const metrics = { primary: "event:clicked", secondary: [], guardrails: [] };
  const config = aConfig({ clientEvents: ["clicked"], metrics });
  const checks = checklistOf(config, new MetricRegistry().plan(config), { ...forecast, ...changes });
  return checks.find(({ id }) => id === "length");
}

describe("the length of an experiment whose metric names no smallest effect", () => {
  test("is said for four weeks", () => {
    const reach = [
      { weeks: 2, subjects: 1_000, effect: 0.3 },
      { weeks: 4, subjects: 3_000, effect: 0.2 },
      { weeks: 8, subjects: 7_000, effect: 0.1 },
    ];
    expect(lengthBy({ reach })).toMatchObject({
      state: "ok",
      foretold: { kind: "reach", weeks: 4, effect: 0.2 },
    });
  });

  test("is said for the first weeks that find anything, where nobody's window has closed by then", () => {
    const reach = [
      { weeks: 4, subjects: 0, effect: null },
      { weeks: 8, subjects: 4_000, effect: 0.15 },
      { weeks: 12, subjects: 8_000, effect: 0.1 },
    ];
    expect(lengthBy({ reach })).toMatchObject({
      state: "ok",
      foretold: { kind: "reach", weeks: 8, effect: 0.15 },
    });
  });

  test("is warned of where none do", () => {
    const reach = [4, 8, 12].map((weeks) => ({ weeks, subjects: 0, effect: null }));
    expect(lengthBy({ reach })).toMatchObject({
      state: "warning",
      foretold: { kind: "reach", weeks: 12, effect: null },
    });
  });
});
