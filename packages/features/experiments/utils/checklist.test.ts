import { describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import type { Forecast } from "../types/planning";
import { buildChecklist, type ReviewFacts } from "./checklist";

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

function review(config: ExperimentConfig, facts: Partial<ReviewFacts> = {}) {
  const planning = new MetricRegistry().plan(config);
  const none = { lastAsk: null, failing: [], refusals: [], previewed: [], overlapping: [] };
  return buildChecklist(config, { planning, forecast, ...none, ...facts });
}

function checksBy(changes: Partial<Forecast>) {
  const metrics = { primary: "event:clicked", secondary: [], guardrails: [] };
  const config = aConfig({ clientEvents: ["clicked"], metrics });
  return review(config, { forecast: { ...forecast, ...changes } });
}

const lengthBy = (changes: Partial<Forecast>) => checksBy(changes).find(({ id }) => id === "length");

describe("what a start freezes", () => {
  test.each(["metric", "arrivals", "baseline", null] as const)(
    "is said, whatever is missing for a forecast: %s",
    (missing) => {
      expect(checksBy({ missing }).find(({ id }) => id === "plan")).toEqual({
        id: "plan",
        state: "info",
        plan: forecast.frozen,
      });
    },
  );

  test("is said where no metric was chosen, too", () => {
    const config = aConfig({ clientEvents: [] });
    const checks = review(config, { forecast: { ...forecast, missing: "metric" } });
    expect(checks.map(({ id }) => id)).toEqual(["metric", "split", "audience", "plan", "previews", "code"]);
  });
});

test("that no code has asked for it is a warning, and when some has, that is said", () => {
  const lastAsk = { at: new Date("2026-11-30T09:00:00Z"), build: "1a2b3c" };
  const config = aConfig({ clientEvents: [] });
  const stateBy = (last: typeof lastAsk | null) =>
    review(config, { lastAsk: last }).find(({ id }) => id === "code");
  expect(stateBy(null)).toEqual({ id: "code", state: "warning", lastAsk: null });
  expect(stateBy(lastAsk)).toEqual({ id: "code", state: "ok", lastAsk });
});

test("a variant that nobody has opened in a preview is named", () => {
  const config = aConfig();
  const names = config.variants.map(({ name }) => name);
  const previews = (previewed: string[]) => review(config, { previewed }).find(({ id }) => id === "previews");
  expect(previews([])).toEqual({ id: "previews", state: "warning", unseen: names });
  expect(previews(names.slice(1))).toEqual({ id: "previews", state: "warning", unseen: names.slice(0, 1) });
  expect(previews(names)).toEqual({ id: "previews", state: "ok", unseen: [] });
});

test("experiments beside it are named, and warned of where the same metric decides them", () => {
  const other = { slug: "other", name: "Other" };
  const overlap = (hasSameMetric: boolean) =>
    review(aConfig(), { overlapping: [{ ...other, hasSameMetric }] }).find(({ id }) => id === "overlap");
  expect(overlap(false)).toMatchObject({ state: "info", others: [other] });
  expect(overlap(true)).toMatchObject({ state: "warning", others: [other] });
  expect(review(aConfig()).some(({ id }) => id === "overlap")).toBe(false);
});

describe("an audience that is smaller than the target", () => {
  const audience = (changes: Partial<Forecast>, config = aConfig()) =>
    review(config, { forecast: { ...forecast, ...changes } }).find(({ id }) => id === "audience");
  const target = (subjects: number, weeks: number | null = null) =>
    ({ subjects, source: "default", weeks, effect: null }) as const;
  const matching = { matching: 6, total: 10 };

  test("is warned of, with the target that it cannot reach", () => {
    expect(audience({ matching, frozen: target(4_000) })).toMatchObject({
      state: "warning",
      ...matching,
      outOfReach: 4_000,
    });
    expect(audience({ matching, frozen: target(6) })).toEqual({ id: "audience", state: "ok", ...matching });
    expect(audience({ matching, frozen: target(6) }, aConfig({ trafficPercentage: 50 }))).toMatchObject({
      state: "warning",
      outOfReach: 6,
    });
  });

  test("is enough where the traffic of before says when enough will have come, and where it is not known", () => {
    expect(audience({ matching, frozen: target(4_000, 6) })).toMatchObject({ state: "ok" });
    expect(audience({ matching: null, frozen: target(4_000) })).toMatchObject({ state: "ok" });
  });
});

test("that visitors have to agree is said where visitors are counted, and nowhere else", () => {
  const says = (unit: "user" | "team" | "visitor") =>
    review(aConfig({ unit })).some(({ id }) => id === "consent");
  expect([says("user"), says("team"), says("visitor")]).toEqual([false, false, true]);
});

test("what the start would be refused for blocks, and stands first", () => {
  const refusal = { message: "No." };
  expect(review(aConfig(), { refusals: [refusal] })[0]).toEqual({ id: "refusal", state: "blocks", refusal });
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
