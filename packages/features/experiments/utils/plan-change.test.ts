import { describe, expect, test } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import { MetricRegistry } from "../metrics/registry";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentPatch } from "../types/input";
import { statusSchema } from "../types/settings";
import { planChange } from "./plan-change";

const metrics = new MetricRegistry();
metrics.register([
  defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["paid"], take: "value" },
  }),
]);

const change = (patch: ExperimentPatch, before: Partial<ExperimentConfig> = {}) =>
  planChange({ slug: "upgrade-button", description: "As it was", config: aConfig(before) }, patch, metrics);

const shares = (first: number, second: number, name = "urgent") => [
  { name: "control", percentage: first },
  { name, percentage: second },
];

describe("a patch", () => {
  test("changes what it names, and says which of it differs", () => {
    const before = aConfig({ hypothesis: "Better" });
    const planned = change({ name: "Other", hypothesis: "Better", trafficPercentage: undefined }, before);
    expect(planned.changed).toEqual(["name"]);
    expect(planned.config).toMatchObject({ ...before, name: "Other", registeredMetrics: expect.anything() });
    expect(planned.description).toBe("As it was");
  });

  test("of the description leaves the configuration alone", () => {
    const before = aConfig({ status: "draft" });
    const planned = change({ description: "As it is" }, before);
    expect(planned).toMatchObject({ description: "As it is", config: before });
  });

  test.each(["draft", "running", "paused", "off"] as const)(
    "begins an epoch with new shares only where it is live: %s",
    (status) => {
      const isLive = status === "running" || status === "paused";
      for (const patch of [{ variants: shares(80, 20) }, { trafficPercentage: 10 }]) {
        const planned = change(patch, { status, epoch: 3 });
        expect(planned).toMatchObject({ opensEpoch: isLive, closesEpoch: isLive });
        expect(planned.config.epoch).toBe(isLive ? 4 : 3);
      }
      expect(change({ variants: shares(50, 50) }, { status }).opensEpoch).toBe(false);
    },
  );

  test("of variants names those that subjects may have, and no other patch does", () => {
    expect(change({ variants: shares(50, 50, "calm") }, { status: "draft" }).keptVariants).toEqual([
      "control",
      "calm",
    ]);
    expect(change({ name: "Other" }).keptVariants).toBeNull();
    expect(change({ variants: shares(50, 50) }).keptVariants).toBeNull();
  });
});

describe("a patch is refused at its field", () => {
  test.each([
    ["unit", { unit: "visitor" }],
    ["assignmentType", { assignmentType: "random" }],
    ["control", { control: "urgent" }],
    ["metrics", { metrics: { primary: "revenue", secondary: [], guardrails: [] } }],
    ["clientEvents", { clientEvents: ["paid"] }],
  ] satisfies [string, ExperimentPatch][])("%s, once it has started", (field, patch) => {
    expect(() => change(patch)).toThrow(expect.objectContaining({ code: "locked_field", field }));
    expect(change(patch, { status: "draft" }).changed).toEqual([field]);
  });

  test.each(["concluded", "archived"] as const)("whatever is no text, once it is %s", (status) => {
    expect(() => change({ trafficPercentage: 10 }, { status })).toThrow(
      expect.objectContaining({ code: "locked_field", field: "trafficPercentage" }),
    );
    expect(change({ name: "Other", description: "Seen" }, { status }).changed).toEqual([
      "name",
      "description",
    ]);
  });

  test("where it makes no valid configuration", () => {
    expect(() => change({ variants: shares(50, 49) })).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "variants" }),
    );
  });

  test("where no code defines the metric", () => {
    const patch = { metrics: { primary: "refunds", secondary: [], guardrails: [] } };
    expect(() => change(patch, { status: "draft" })).toThrow(
      expect.objectContaining({ code: "invalid_config", field: "metrics" }),
    );
  });
});

test("an experiment that started before metrics were registered registers what it measured, with its first change", () => {
  const planned = change({ clientEvents: ["clicked", "paid"] }, { registeredMetrics: null });
  expect(planned.config.registeredMetrics?.map(({ key }) => key)).toEqual(["event:clicked"]);
  expect(change({ name: "Other" }, { status: "draft" }).config.registeredMetrics).toBeNull();
});

test("whatever the status, a patch that says what is there changes nothing", () => {
  for (const status of statusSchema.options) {
    const before = aConfig({ status });
    const planned = change({ variants: before.variants, unit: before.unit, metrics: before.metrics }, before);
    expect(planned).toMatchObject({ changed: [], opensEpoch: false, closesEpoch: false, keptVariants: null });
  }
});
