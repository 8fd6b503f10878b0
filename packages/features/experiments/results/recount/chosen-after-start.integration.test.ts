import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { anInput, aRunningExperiment, createFixture, type Fixture } from "../../testing/database-fixtures";
import type { ExperimentPatch } from "../../types/input";
import type { Action } from "../../utils/lifecycle";
import { manySubjects } from "../testing/rows";

const { connectionString } = await testDatabase();
const DAY_MS = 86_400_000;
const DAYS = 10;
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

type Changes = Parameters<typeof aRunningExperiment>[1];

/** Runs for some weeks, in which every second of the treatment clicks, and a quarter of the others. */
async function anExperimentWithCounts(changes: Changes = {}, on = fixture): Promise<string> {
  const { slug } = await aRunningExperiment(on, { unit: "visitor", conversionWindowDays: 3, ...changes });
  const { pool } = on.database;
  await pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{startedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, new Date(Date.now() - 25 * DAY_MS).toISOString()],
  );
  for (let day = 0; day < DAYS; day++) {
    const exposedAt = new Date(Date.now() - (20 - day) * DAY_MS);
    await manySubjects(pool, slug, { variant: "control", n: 100, converted: 25, exposedAt });
    await manySubjects(pool, slug, { variant: "urgent", n: 100, converted: 50, exposedAt });
  }
  return slug;
}

async function change(slug: string, patch: ExperimentPatch, on = fixture) {
  const { version } = await on.module.admin.catalog.get(on.admin, slug);
  return on.module.admin.editing.updateConfig(on.admin, { slug, version, patch });
}

async function step(slug: string, action: Exclude<Action, "conclude">, on = fixture) {
  const { version } = await on.module.admin.catalog.get(on.admin, slug);
  return on.module.admin.lifecycle.updateStatus(on.admin, { slug, version, action });
}

async function conclude(slug: string, on = fixture) {
  const { version } = await on.module.admin.catalog.get(on.admin, slug);
  return on.module.admin.lifecycle.conclude(on.admin, { slug, version, winnerVariant: null });
}

const results = (slug: string, on = fixture) => on.module.results.refresh(on.admin, slug);

describe("an experiment that started without a metric, and took the event whose counts had been seen", () => {
  it.each([
    ["running", []],
    ["paused", ["pause"]],
    ["off", ["turn_off"]],
    ["resumed", ["pause", "resume"]],
    ["turned on again", ["turn_off", "turn_on"]],
  ] as const)("gives no verdict, and says so at every door: %s", async (_state, actions) => {
    const slug = await anExperimentWithCounts({ clientEvents: [] });
    for (const action of actions) await step(slug, action);
    const detail = await change(slug, { clientEvents: ["clicked"] });
    expect(detail.chosenAfterStart).toEqual([{ key: "event:clicked", isRedefined: false }]);

    const { result } = await results(slug);
    expect(result?.metrics).toMatchObject([{ key: "event:clicked", isChosenAfterStart: true }]);
    expect(result?.analysis?.metrics[0]?.metric).toMatchObject({ isChosenAfterStart: true });
    expect(result?.analysis?.verdict).toEqual({
      code: "no_answer",
      reason: { code: "chosen_after_start", metric: "event:clicked" },
    });
    // The figures stand there all the same.
    expect(result?.analysis?.metrics[0]?.comparisons).toMatchObject([{ status: "compared" }]);

    const [head, ...lines] = (await fixture.module.results.exportCsv(fixture.admin, slug)).trim().split("\n");
    const column = head?.split(",").indexOf("chosen_after_start") ?? -1;
    expect(lines.map((line) => line.split(",")[column])).toEqual(["true", "true"]);
    const json = JSON.parse(await fixture.module.results.exportJson(fixture.admin, slug));
    expect(json.result.metrics[0]).toMatchObject({ key: "event:clicked", isChosenAfterStart: true });

    const { items } = await fixture.module.admin.catalog.list(fixture.admin, { search: slug });
    expect(items.find((one) => one.slug === slug)?.chosenAfterStart).toEqual(detail.chosenAfterStart);
    const { entries } = await fixture.module.admin.activity.list(fixture.admin, { slug });
    expect(entries.map(({ changesMetricsAfterStart }) => changesMetricsAfterStart)).toContain(true);
  });

  it("gives none at its end either, and the receipt keeps the mark and what was registered", async () => {
    const slug = await anExperimentWithCounts({ clientEvents: [] });
    await change(slug, { clientEvents: ["clicked"] });
    await conclude(slug);
    const { result, receipt } = await fixture.module.results.get(fixture.admin, slug);
    expect(receipt).not.toBeNull();
    expect(result?.analysis?.verdict).toMatchObject({
      code: "no_answer",
      reason: { code: "chosen_after_start" },
    });
    const verification = await fixture.module.verification.verify(slug);
    expect(verification).toMatchObject({ matches: true, changes: [] });
    expect(verification.remarks.join("\n")).toContain("event:clicked was chosen after the start");
  });
});

describe("an experiment that started with its metric", () => {
  it("decides by it, and an event that is added afterwards changes nothing of the verdict", async () => {
    const slug = await anExperimentWithCounts();
    const before = await results(slug);
    expect(before.result?.analysis?.verdict.code).toBe("better");
    expect(before.result?.metrics[0]).not.toHaveProperty("isChosenAfterStart");
    await change(slug, { clientEvents: ["clicked", "bought"] });
    const { result } = await results(slug);
    expect(result?.analysis?.verdict).toEqual(before.result?.analysis?.verdict);
    expect(result?.metrics.map(({ key, isChosenAfterStart = false }) => [key, isChosenAfterStart])).toEqual([
      ["event:clicked", false],
      ["event:bought", true],
    ]);
  });

  it("remembers it, in its settings and in the audit log, and a duplicate begins anew", async () => {
    const { slug, config } = await aRunningExperiment(fixture);
    expect(config?.registeredMetrics).toMatchObject([{ key: "event:clicked", role: "primary" }]);
    const { entries } = await fixture.module.admin.activity.list(fixture.admin, { slug });
    expect(entries[0]?.differences).toContainEqual(expect.objectContaining({ path: "registeredMetrics" }));
    const copy = await fixture.module.admin.editing.duplicate(fixture.admin, {
      slug,
      newSlug: `${slug}-2`,
      name: "Again",
    });
    expect(copy.config?.registeredMetrics).toBeNull();
    const edited = await change(copy.slug, { clientEvents: ["bought"] });
    expect(edited.chosenAfterStart).toEqual([]);
    const started = await step(copy.slug, "start");
    expect(started.config?.registeredMetrics).toMatchObject([{ key: "event:bought", role: "primary" }]);
  });

  it("cannot be given another one, nor another order of events", async () => {
    const slug = (await aRunningExperiment(fixture, { clientEvents: ["clicked", "bought"] })).slug;
    const metrics = { primary: "event:bought", secondary: [], guardrails: [] };
    await expect(change(slug, { metrics })).rejects.toMatchObject({ code: "locked_field", field: "metrics" });
    await expect(change(slug, { clientEvents: ["bought", "clicked"] })).rejects.toMatchObject({
      code: "locked_field",
      field: "clientEvents",
    });
  });

  it("that was given another one by hand says so", async () => {
    const slug = await anExperimentWithCounts({ clientEvents: ["bought", "clicked"] });
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{clientEvents}', '["clicked", "bought"]') WHERE "slug" = $1`,
      [slug],
    );
    const { result } = await results(slug);
    expect(result?.analysis?.verdict).toMatchObject({
      code: "no_answer",
      reason: { code: "chosen_after_start" },
    });
  });
});

describe("a metric that code defines anew", () => {
  const definition = (max: number) =>
    defineMetric({
      key: "clicks",
      name: "Clicks",
      kind: "mean",
      source: { events: ["clicked"] },
      bounds: { min: 0, max },
    });
  const registryOf = (max: number) => {
    const registry = new MetricRegistry();
    registry.register([definition(max)]);
    return registry;
  };

  it("is not the one that was registered, and no longer decides", async () => {
    const before = await createFixture(connectionString, { metrics: registryOf(3) });
    const metrics = { primary: "clicks", secondary: [], guardrails: [] };
    const slug = await anExperimentWithCounts({ metrics }, before);
    expect((await results(slug, before)).result?.analysis?.verdict.code).toBe("better");
    await before.close();
    const deployed = await createFixture(connectionString, { metrics: registryOf(2) });
    const { result } = await results(slug, deployed);
    expect(result?.metrics[0]).toMatchObject({ isChosenAfterStart: true, isRedefined: true });
    expect(result?.analysis?.verdict).toMatchObject({
      code: "no_answer",
      reason: { code: "chosen_after_start" },
    });
    expect((await deployed.module.admin.catalog.get(deployed.admin, slug)).chosenAfterStart).toEqual([
      { key: "clicks", isRedefined: true },
    ]);
    await deployed.close();
  });
});

describe("an experiment that started before metrics were registered", () => {
  const forget = (slug: string) =>
    fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" - 'registeredMetrics' WHERE "slug" = $1`,
      [slug],
    );

  it("counts as having registered what it measured, and what comes later is marked", async () => {
    const slug = await anExperimentWithCounts();
    await forget(slug);
    expect((await results(slug)).result?.analysis?.verdict.code).toBe("better");
    const detail = await change(slug, { clientEvents: ["clicked", "bought"] });
    expect(detail.chosenAfterStart).toEqual([{ key: "event:bought", isRedefined: false }]);
    expect((await results(slug)).result?.analysis?.verdict.code).toBe("better");
  });

  it("and without a metric does not get one unnoticed", async () => {
    const slug = (await aRunningExperiment(fixture, { clientEvents: [] })).slug;
    await forget(slug);
    await step(slug, "pause");
    expect((await change(slug, { clientEvents: ["clicked"] })).chosenAfterStart).toHaveLength(1);
  });
});

it("a draft marks nothing, however often its metrics are changed", async () => {
  const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput({ clientEvents: [] }));
  expect((await change(slug, { clientEvents: ["clicked"] })).chosenAfterStart).toEqual([]);
  const { entries } = await fixture.module.admin.activity.list(fixture.admin, { slug });
  expect(entries.every(({ changesMetricsAfterStart }) => !changesMetricsAfterStart)).toBe(true);
});
