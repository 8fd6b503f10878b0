import { describe, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import type { FrozenPlan } from "../types/planning";
import { NO_SCHEDULE } from "../types/settings";
import { planMissed, planStep, refuseStep, type Step, withChoices } from "./plan-step";

const metrics = new MetricRegistry();
const NOW = new Date("2026-03-01T12:00:00.000Z");
const frozen: FrozenPlan = { subjects: 4_000, source: "weeks", weeks: 4, effect: 0.1 };
const TOMORROW = "2026-03-02T12:00:00.000Z";
const YESTERDAY = "2026-02-28T12:00:00.000Z";

const experiment = (before: Partial<ExperimentConfig>) => ({
  slug: "upgrade-button",
  description: "Its text",
  config: aConfig(before),
});

const take = (step: Step, before: Partial<ExperimentConfig>, { isScheduled = false } = {}) =>
  planStep(experiment(before), step, {
    metrics,
    frozen: step.action === "start" ? frozen : null,
    now: NOW,
    isScheduled,
  });

const draft = { status: "draft", epoch: 0, startedAt: null } as const;

describe("a start", () => {
  test("opens the first epoch, registers what is measured, and freezes the plan", () => {
    const planned = take({ action: "start" }, draft);
    expect(planned).toMatchObject({ opensEpoch: true, closesEpoch: false, description: "Its text" });
    expect(planned.config).toMatchObject({
      status: "running",
      epoch: 1,
      startedAt: NOW.toISOString(),
      plannedBy: "weeks",
      analysis: { plannedSubjects: 4_000 },
    });
    expect(planned.config.registeredMetrics?.map(({ key }) => key)).toEqual(["event:clicked"]);
  });

  test("takes the number that was typed, else the one that was shown, else the forecast's", () => {
    const typed = { ...aConfig().analysis, plannedSubjects: 700 };
    const planned = (before: Partial<ExperimentConfig>, shownPlan?: number) =>
      take({ action: "start", shownPlan }, { ...draft, ...before }).config.analysis.plannedSubjects;
    expect(planned({ analysis: typed }, 900)).toBe(700);
    expect(planned({}, 900)).toBe(900);
    expect(planned({})).toBe(4_000);
  });

  test.each<[string, number | null, number | undefined, FrozenPlan, FrozenPlan["source"]]>([
    ["the forecast", null, undefined, frozen, "weeks"],
    ["the forecast, as the dialog showed it", null, 4_000, frozen, "weeks"],
    ["an earlier forecast, or somebody's own number", null, 900, frozen, "typed"],
    ["the settings", 700, 700, { ...frozen, subjects: 700, source: "typed" }, "typed"],
    ["a number beside the default", null, 900, { ...frozen, source: "default" }, "typed"],
    ["a number beside the fewest", null, 900, { ...frozen, subjects: 100, source: "fewest" }, "typed"],
  ])("names where the number came from: %s", (_, typed, shownPlan, plan, source) => {
    const analysis = { ...aConfig().analysis, plannedSubjects: typed };
    const { config } = planStep(
      experiment({ ...draft, analysis }),
      { action: "start", shownPlan },
      { metrics, frozen: plan, now: NOW, isScheduled: false },
    );
    expect(config.plannedBy).toBe(source);
  });
});

describe("the reason and the learning of an end", () => {
  const before = { learning: "Written while it ran" };

  test("are kept as they are given", () => {
    const why = { reason: "no_difference", learning: "Colours do not matter" } as const;
    const { config } = take({ action: "conclude", winnerVariant: null, ...why }, before);
    expect(config).toMatchObject({ conclusionReason: why.reason, learning: why.learning });
  });

  test("stay open where a caller says neither, and what was written before stays", () => {
    const { config } = take({ action: "conclude", winnerVariant: "urgent" }, before);
    expect(config).toMatchObject({ conclusionReason: null, learning: before.learning });
  });
});

test("turning on again opens another epoch and leaves the plan and the start", () => {
  const before = { status: "off", epoch: 1, plannedBy: "typed" } as const;
  const { config, opensEpoch } = take({ action: "turn_on" }, before);
  expect(opensEpoch).toBe(true);
  expect(config).toMatchObject({ epoch: 2, startedAt: aConfig().startedAt, plannedBy: "typed" });
});

test.each([
  ["pause", "running", false],
  ["resume", "paused", false],
  ["turn_off", "paused", true],
  ["archive", "concluded", true],
] as const)(
  "%s ends the epoch only where nobody is shown a variant any more",
  (action, status, closesEpoch) => {
    expect(take({ action }, { status })).toMatchObject({ closesEpoch, opensEpoch: false });
  },
);

test("a conclusion keeps its winner and its time, and no schedule", () => {
  const schedule = { startAt: null, stopAt: TOMORROW };
  const planned = take({ action: "conclude", winnerVariant: "urgent" }, { schedule });
  expect(planned.closesEpoch).toBe(true);
  expect(planned.config).toMatchObject({
    status: "concluded",
    winnerVariant: "urgent",
    endedAt: NOW.toISOString(),
    schedule: NO_SCHEDULE,
  });
});

describe("the schedule", () => {
  const stop = (stopAt: string) => ({ schedule: { startAt: null, stopAt } });

  test("keeps an end that is to come, and loses one that is overdue, when somebody takes a step by hand", () => {
    expect(take({ action: "pause" }, stop(TOMORROW)).config.schedule.stopAt).toBe(TOMORROW);
    expect(take({ action: "pause" }, stop(YESTERDAY)).config.schedule.stopAt).toBeNull();
  });

  test("is done with the step that it took, whatever this node's clock says", () => {
    expect(take({ action: "pause" }, stop(TOMORROW), { isScheduled: true }).config.schedule).toEqual(
      NO_SCHEDULE,
    );
    const both = { ...draft, schedule: { startAt: TOMORROW, stopAt: "2026-03-03T12:00:00.000Z" } };
    expect(take({ action: "start" }, both, { isScheduled: true }).config.schedule).toEqual({
      startAt: null,
      stopAt: both.schedule.stopAt,
    });
  });

  test("that was missed is forgotten, and nothing else changes", () => {
    const before = experiment({ ...draft, schedule: { startAt: YESTERDAY, stopAt: YESTERDAY } });
    expect(planMissed(before)).toEqual({
      config: { ...before.config, schedule: NO_SCHEDULE },
      description: "Its text",
      closesEpoch: false,
      opensEpoch: false,
      keptVariants: null,
    });
  });
});

describe("a step is refused", () => {
  const refuse = (step: Step, before: Partial<ExperimentConfig>) => () =>
    refuseStep(withChoices(experiment(before), step), step, metrics);

  test("where the lifecycle has none", () => {
    expect(refuse({ action: "pause" }, draft)).toThrow(
      expect.objectContaining({ code: "invalid_transition" }),
    );
    expect(refuse({ action: "pause" }, { status: "running" })).not.toThrow();
  });

  test("where the winner is no variant", () => {
    const conclude = (winnerVariant: string | null) => refuse({ action: "conclude", winnerVariant }, {});
    expect(conclude("nobody")).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "winnerVariant" }),
    );
    expect(conclude("urgent")).not.toThrow();
    const learning = "x".repeat(2_001);
    expect(refuse({ action: "conclude", winnerVariant: null, learning }, {})).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "learning" }),
    );
    expect(conclude(null)).not.toThrow();
  });

  test("where it would let people into what is not complete", () => {
    for (const [action, status] of [
      ["start", "draft"],
      ["turn_on", "off"],
    ] as const)
      expect(refuse({ action }, { status, variants: [] })).toThrow(
        expect.objectContaining({ code: "invalid_config", field: "variants" }),
      );
    expect(refuse({ action: "turn_off" }, { variants: [] })).not.toThrow();
  });

  test("where no code defines what it starts to measure", () => {
    const unknown = { metrics: { primary: "refunds", secondary: [], guardrails: [] } };
    expect(refuse({ action: "start" }, { ...draft, ...unknown })).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "metrics" }),
    );
    expect(refuse({ action: "turn_on" }, { status: "off", ...unknown })).not.toThrow();
  });

  test("where it starts to measure nothing that decides, and nobody said why", () => {
    const none = { ...draft, clientEvents: [] };
    const atMetrics = expect.objectContaining({ code: "invalid_config", field: "metrics" });
    expect(refuse({ action: "start" }, none)).toThrow(atMetrics);
    const guarded = { metrics: { primary: null, secondary: [], guardrails: ["event:clicked"] } };
    expect(refuse({ action: "start" }, { ...draft, ...guarded })).toThrow(atMetrics);
    expect(refuse({ action: "start", withoutMetric: " " }, none)).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "withoutMetric" }),
    );
    expect(refuse({ action: "start", withoutMetric: "A rollout" }, none)).not.toThrow();
    expect(refuse({ action: "start" }, { ...none, withoutMetric: "A rollout" })).not.toThrow();
    expect(refuse({ action: "start", primaryMetric: "event:clicked" }, none)).not.toThrow();
    // It started before that was asked.
    for (const [action, status] of [
      ["turn_on", "off"],
      ["resume", "paused"],
    ] as const)
      expect(refuse({ action }, { status, clientEvents: [] })).not.toThrow();
  });
});

describe("what a start chooses", () => {
  const chosen = (step: Step, before: Partial<ExperimentConfig>) =>
    withChoices(experiment({ ...draft, ...before }), step).config;

  test("is the primary metric, which has no other role then, and needs no reason", () => {
    const before = {
      withoutMetric: "A rollout",
      metrics: { primary: null, secondary: ["a", "b"], guardrails: [] },
    };
    expect(chosen({ action: "start", primaryMetric: "a" }, before)).toMatchObject({
      metrics: { primary: "a", secondary: ["b"], guardrails: [] },
      withoutMetric: null,
    });
  });

  test("is why there is none, which a reason for an experiment that has one is not", () => {
    const step = { action: "start", withoutMetric: "A rollout" } as const;
    expect(chosen(step, { clientEvents: [] }).withoutMetric).toBe("A rollout");
    expect(chosen(step, {}).withoutMetric).toBeNull();
  });
});
