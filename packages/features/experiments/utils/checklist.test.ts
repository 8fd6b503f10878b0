import { describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { aConfig } from "../testing/builders";
import type { Forecast } from "../types/planning";
import { buildChecklist } from "./checklist";

const forecast: Forecast = {
  perWeek: 1_000,
  precedent: null,
  matching: null,
  metric: { key: "event:clicked", name: "Clicked", kind: "conversion" },
  baseline: { value: 0.1, subjects: 1_000 },
  reach: [],
  windowDays: 30,
  minimumEffect: null,
  frozen: { subjects: 3_000, source: "weeks", weeks: 4, effect: 0.2 },
  plan: null,
  assumable: { perWeek: false, baseline: false, effect: false },
  missing: null,
};

function checksBy(changes: Partial<Forecast>) {
  const metrics = { primary: "event:clicked", secondary: [], guardrails: [] };
  const config = aConfig({ clientEvents: ["clicked"], metrics });
  return buildChecklist(config, new MetricRegistry().plan(config), { ...forecast, ...changes }, null);
}

const lengthBy = (changes: Partial<Forecast>) => checksBy(changes).find(({ id }) => id === "length");

describe("what a start freezes", () => {
  test.each(["metric", "arrivals", "baseline", null] as const)(
    "is said, whatever is missing for a forecast: %s",
    (missing) => {
      expect(checksBy({ missing }).find(({ id }) => id === "plan")).toEqual({
        id: "plan",
        state: "ok",
        plan: forecast.frozen,
      });
    },
  );

  test("is said where no metric was chosen, too", () => {
    const config = aConfig({ clientEvents: [] });
    const planning = new MetricRegistry().plan(config);
    const checks = buildChecklist(config, planning, { ...forecast, missing: "metric" }, null);
    expect(checks.map(({ id }) => id)).toEqual(["metric", "split", "audience", "plan", "code"]);
  });
});

test("that no code has asked for it is a warning, and when some has, that is said", () => {
  const lastAsk = { at: new Date("2026-11-30T09:00:00Z"), build: "1a2b3c" };
  const config = aConfig({ clientEvents: [] });
  const stateBy = (last: typeof lastAsk | null) =>
    buildChecklist(config, new MetricRegistry().plan(config), forecast, last).find(({ id }) => id === "code");
  expect(stateBy(null)).toEqual({ id: "code", state: "warning", lastAsk: null });
  expect(stateBy(lastAsk)).toEqual({ id: "code", state: "ok", lastAsk });
});

describe("the length of an experiment", () => {
  test("is that of the plan which the start freezes, with the effect that it finds", () => {
    expect(lengthBy({})).toMatchObject({
      state: "ok",
      foretold: { kind: "planned", weeks: 4, subjects: 3_000, effect: 0.2, missedEffect: null },
    });
  });

  test("is warned of where the plan may miss the smallest effect that matters", () => {
    expect(lengthBy({ minimumEffect: 0.1 })).toMatchObject({
      state: "warning",
      foretold: { kind: "planned", effect: 0.2, missedEffect: 0.1 },
    });
    expect(lengthBy({ minimumEffect: 0.2 })).toMatchObject({ state: "ok", foretold: { missedEffect: null } });
  });

  test("is warned of where the smallest effect that matters takes too long, with what is found instead", () => {
    const reason = {
      code: "does_not_fit" as const,
      weeksNeeded: 98,
      mostWeeks: 12,
      units: 90_000,
      smallestEffect: 0.13,
    };
    const plan = { status: "impossible" as const, reason };
    const frozen = { subjects: 11_000, source: "weeks" as const, weeks: 12, effect: 0.13 };
    expect(lengthBy({ minimumEffect: 0.05, plan, frozen })).toMatchObject({
      state: "warning",
      foretold: { kind: "too_long", weeks: 98, effect: 0.05, reachable: 0.13 },
    });
  });

  test("is warned of where the plan finds nothing", () => {
    const frozen = { subjects: 100, source: "fewest" as const, weeks: 4, effect: null };
    expect(lengthBy({ frozen })).toMatchObject({
      state: "warning",
      foretold: { kind: "nothing", subjects: 100 },
    });
  });
});
