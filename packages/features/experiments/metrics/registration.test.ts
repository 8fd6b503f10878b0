import { describe, expect, test } from "vitest";
import type { ExperimentConfig } from "../types/config";
import { NO_METRICS } from "../types/metrics";
import { defineMetric, type MetricDefinition } from "./define-metric";
import { toRegistration } from "./registration";
import { MetricRegistry } from "./registry";

const query = { query: { user: "SELECT 1", team: "SELECT 2" } };
const definitions: MetricDefinition[] = [
  { key: "upgrade", name: "Upgrade", kind: "conversion", source: query, minimumEffect: 0.05 },
  { key: "revenue", name: "Revenue", kind: "mean", source: query },
  {
    key: "per-booking",
    name: "Revenue per booking",
    kind: "ratio",
    numerator: { events: ["paid"], take: "value" },
    denominator: { events: ["booked"] },
  },
];

function registryOf(change: Partial<Record<string, object>> = {}): MetricRegistry {
  const registry = new MetricRegistry();
  registry.register(
    definitions.map((one) => defineMetric({ ...one, ...change[one.key] } as MetricDefinition)),
  );
  return registry;
}

type Planned = Pick<ExperimentConfig, "metrics" | "clientEvents" | "unit">;
const named: Planned = {
  unit: "user",
  clientEvents: [],
  metrics: { primary: "upgrade", secondary: ["revenue"], guardrails: ["per-booking"] },
};

/** What is marked of metrics that were registered as `before`, once settings are `after` and code defines `registry`. */
function marked(before: Planned, after: Planned, registry = registryOf()) {
  const registeredMetrics = toRegistration(registryOf().plan(before));
  return registry
    .plan({ ...after, registeredMetrics })
    .metrics.flatMap(({ metric, role, isChosenAfterStart, isRedefined }) =>
      isChosenAfterStart ? [`${metric.key} ${role}${isRedefined ? " redefined" : ""}`] : [],
    );
}

describe("what was registered at the start", () => {
  test("says the role, the direction, the smallest effect and the definition of each metric", () => {
    expect(toRegistration(registryOf().plan(named))[0]).toEqual({
      key: "upgrade",
      role: "primary",
      kind: "conversion",
      direction: "increase",
      minimumEffect: 0.05,
      definition: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  test.each(["user", "team"] as const)("bears no mark while it stays what it was, for a %s", (unit) => {
    expect(marked({ ...named, unit }, { ...named, unit })).toEqual([]);
  });

  test.each([
    ["another primary", { primary: "revenue", secondary: [], guardrails: [] }, ["revenue primary"]],
    [
      "a secondary that is promoted",
      { primary: "revenue", secondary: ["upgrade"], guardrails: [] },
      ["revenue primary", "upgrade secondary"],
    ],
    [
      "a guardrail that is promoted",
      { primary: "per-booking", secondary: [], guardrails: [] },
      ["per-booking primary"],
    ],
    [
      "a guardrail that is added",
      { primary: "upgrade", secondary: [], guardrails: ["revenue"] },
      ["revenue guardrail"],
    ],
    ["an event beside them", { ...named.metrics, secondary: ["event:clicked"] }, ["event:clicked secondary"]],
  ])("marks %s", (_what, metrics, expected) => {
    expect(marked(named, { ...named, metrics })).toEqual(expected);
  });

  const byEvents = (...clientEvents: string[]): Planned => ({
    unit: "visitor",
    clientEvents,
    metrics: NO_METRICS,
  });

  test("marks events that come later, where events are the metrics", () => {
    expect(marked(byEvents("clicked"), byEvents("clicked", "bought"))).toEqual(["event:bought secondary"]);
    expect(marked(byEvents(), byEvents("clicked", "bought"))).toEqual([
      "event:clicked primary",
      "event:bought secondary",
    ]);
    expect(marked(byEvents("clicked", "bought"), byEvents("bought"))).toEqual(["event:bought primary"]);
  });

  test.each([
    ["upgrade", { direction: "decrease" }],
    ["upgrade", { minimumEffect: 0.1 }],
    ["upgrade", { source: { events: ["upgraded"] } }],
    ["upgrade", { covariate: { days: 30 } }],
    ["revenue", { winsorize: { percentile: 0.99 } }],
    ["revenue", { bounds: { min: 0, max: 500 } }],
    ["per-booking", { denominator: { events: ["paid"] } }],
  ])("marks %s as another metric where code defines it by %j", (key, change) => {
    const [only] = marked(named, named, registryOf({ [key]: change }));
    expect(only).toMatch(new RegExp(`^${key} \\w+ redefined$`));
  });

  test.each([
    ["revenue", { currency: "EUR" }],
    ["upgrade", { name: "Upgraded" }],
  ])("goes on where %s gets %j: no figure depends on it", (key, change) => {
    expect(marked(named, named, registryOf({ [key]: change }))).toEqual([]);
  });
});

test("without a register nothing is marked: the experiment has not started, or is older than registers", () => {
  const { metrics } = registryOf().plan({ ...named, registeredMetrics: null });
  expect(metrics).toHaveLength(3);
  for (const planned of metrics) expect(planned).not.toHaveProperty("isChosenAfterStart");
});
