import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import { defineSource } from "../metrics/define-source";
import { MetricRegistry } from "../metrics/registry";
import { createStatements } from "../results/recount/create-results";
import { aMetric, anInput, createFixture, type Fixture } from "../testing/database-fixtures";
import { type CatalogDefinitionInput, metricChangeSchema, type NewMetric } from "../types/metric-catalog";

const { connectionString } = await testDatabase();
let fixture: Fixture;

const code = defineMetric({
  key: "in-code",
  name: "In code",
  kind: "conversion",
  source: { query: { user: `SELECT 1 AS subject, now() AS at` } },
});
const orders = defineSource({
  key: "orders",
  name: "Orders",
  query: { user: `SELECT "userId" AS subject, "at" AS at, "price" AS price, "kind" AS kind FROM "Order"` },
  values: { price: { name: "Price" } },
  filters: { kind: { name: "Kind", type: "text" } },
});

beforeAll(async () => {
  const metrics = new MetricRegistry();
  metrics.register([code]);
  metrics.registerSources([orders]);
  fixture = await createFixture(connectionString, { metrics });
});
beforeEach(async () => {
  await fixture.database.pool.query(
    `DROP TABLE IF EXISTS "Order"; CREATE TABLE "Order" ("userId" int, "at" timestamptz, "price" numeric, "kind" text)`,
  );
});
afterAll(() => fixture.close());

const spent = (kind?: string): CatalogDefinitionInput => ({
  kind: "mean",
  name: "Spent",
  source: {
    from: "source",
    source: "orders",
    value: "price",
    filters: kind === undefined ? [] : [{ filter: "kind", operator: "is", constant: kind }],
  },
});

const deciding = (primary: string) => ({ primary, secondary: [], guardrails: [] });

async function make(changes: Partial<NewMetric> = {}) {
  const { metricCatalog } = fixture.module.admin;
  const { key, revision } = await metricCatalog.create(fixture.admin, aMetric(changes));
  return { key, revision: revision ?? 0 };
}

const change = (of: { key: string; revision: number }, what: object) =>
  fixture.module.admin.metricCatalog.change(fixture.admin, { ...of, change: metricChangeSchema.parse(what) });

async function draft(primary: string) {
  return fixture.module.admin.editing.create(fixture.admin, anInput({ metrics: deciding(primary) }));
}

const start = ({ slug, version }: { slug: string; version: number }) =>
  fixture.module.admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" });

const heldBy = async (slug: string) =>
  (await fixture.module.admin.catalog.get(fixture.admin, slug)).config?.catalogMetrics.map(
    ({ version, definition }) => [version, definition],
  );

describe("a metric that is changed", () => {
  test("is another version: what has started keeps its own, and what starts then has the new one", async () => {
    const metric = await make({ definition: spent() as never });
    const [first, second] = [await draft(metric.key), await draft(metric.key)];
    await start(first);
    const changed = await change(metric, { definition: spent("gift") });
    expect(changed).toMatchObject({ version: 2, versions: [{ version: 2 }, { version: 1 }] });
    await start(second);
    expect(await heldBy(first.slug)).toMatchObject([[1, { source: { filters: [] } }]]);
    expect(await heldBy(second.slug)).toMatchObject([[2, { source: { filters: [{ constant: "gift" }] } }]]);
    const { usedBy } = await fixture.module.admin.metricCatalog.get(fixture.admin, metric.key);
    expect(Object.fromEntries(usedBy.map(({ slug, version }) => [slug, version]))).toEqual({
      [first.slug]: 1,
      [second.slug]: 2,
    });
    expect(usedBy.map(({ isTurnedOff }) => isTurnedOff)).toEqual([false, false]);
    const off = { convertedFrom: { type: null, metadata: null, isTurnedOff: true } };
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || $2::jsonb WHERE "slug" = $1`,
      [first.slug, JSON.stringify(off)],
    );
    const after = await fixture.module.admin.metricCatalog.get(fixture.admin, metric.key);
    expect(after.usedBy.find(({ slug }) => slug === first.slug)?.isTurnedOff).toBe(true);
  });

  test("marks nothing in what has started, whose recount and statement go by its own version", async () => {
    const metric = await make({ definition: spent() as never });
    const { slug, version } = await draft(metric.key);
    await start({ slug, version });
    await change(metric, { definition: spent("gift") });
    const result = await fixture.module.recounts.recount(slug);
    expect(result?.metrics).toMatchObject([{ key: metric.key, role: "primary" }]);
    expect(result?.metrics[0]).not.toHaveProperty("isChosenAfterStart");
    const script = await createStatements(fixture.database.pool, [code], [orders]).writeScript(slug);
    expect(script).toContain(`"price" AS value`);
    expect(script).not.toContain("gift");
  });

  test("is the newest in a draft and its copy, whenever it was chosen", async () => {
    const metric = await make({ definition: spent() as never });
    const { slug } = await draft(metric.key);
    await change(metric, { definition: spent("gift") });
    const newSlug = `${slug}-again`;
    const order = { slug, newSlug, name: "Again" };
    await fixture.module.admin.editing.duplicate(fixture.admin, order);
    expect(await heldBy(newSlug)).toMatchObject([[2, {}]]);
  });

  test("is no new version where nothing of the definition differs", async () => {
    const metric = await make({ definition: spent() as never });
    expect(await change(metric, { definition: spent(), description: "All orders" })).toMatchObject({
      version: 1,
      revision: 2,
      description: "All orders",
    });
  });

  test("is refused where somebody has changed it in the meantime, and says who", async () => {
    const metric = await make({ definition: spent() as never });
    await change(metric, { description: "Mine" });
    const { rows } = await fixture.database.pool.query<{ name: string }>(
      `SELECT "name" FROM "User" WHERE "id" = $1`,
      [fixture.admin.userId],
    );
    await expect(change(metric, { description: "Theirs" })).rejects.toMatchObject({
      code: "stale_version",
      details: { changed: { values: { who: rows[0]?.name, what: "Spent" } } },
    });
  });

  test("leaves its versions as they are, also for those who write by hand", async () => {
    const { key } = await make();
    const write = (set: string) =>
      fixture.database.pool.query(`UPDATE "ExperimentMetricVersion" SET ${set} WHERE "key" = $1`, [key]);
    await expect(write(`"definition" = '{}'`)).rejects.toMatchObject({ code: "CX005" });
    await write(`"createdById" = NULL`);
  });

  test("leaves a row in the audit log for each change, with who made it", async () => {
    const metric = await make({ definition: spent() as never });
    await change(metric, { definition: spent("gift"), status: "archived" });
    const { rows } = await fixture.database.pool.query(
      `SELECT "tableName", "action", "actorId" FROM "AuditLog"
       WHERE "tableName" LIKE 'ExperimentMetric%' AND split_part("rowKey", ':', 1) = $1 ORDER BY "id"`,
      [metric.key],
    );
    const by = fixture.admin.userId;
    expect(rows).toEqual([
      { tableName: "ExperimentMetric", action: "INSERT", actorId: by },
      { tableName: "ExperimentMetricVersion", action: "INSERT", actorId: by },
      { tableName: "ExperimentMetric", action: "UPDATE", actorId: by },
      { tableName: "ExperimentMetricVersion", action: "INSERT", actorId: by },
    ]);
  });
});

describe("what may not be chosen", () => {
  test.each(["draft", "archived"] as const)("is a metric that is %s, by any door", async (status) => {
    const { editing, lifecycle } = fixture.module.admin;
    const metric = await make();
    const { slug, version } = await draft(metric.key);
    await change(metric, { status });
    const refused = {
      code: "invalid_config",
      field: "metrics",
      message: expect.stringContaining(`is ${status === "draft" ? "a draft" : status}`),
    };
    await expect(draft(metric.key)).rejects.toMatchObject(refused);
    const other = await editing.create(fixture.admin, anInput());
    const patch = { metrics: deciding(metric.key) };
    await expect(editing.updateConfig(fixture.admin, { ...other, patch })).rejects.toMatchObject(refused);
    await expect(
      lifecycle.updateStatus(fixture.admin, { ...other, action: "start", primaryMetric: metric.key }),
    ).rejects.toMatchObject(refused);
    // What had chosen it can be edited, and does not start, whoever starts it.
    const edited = await editing.updateConfig(fixture.admin, { slug, version, patch: { name: "Other" } });
    await expect(start(edited)).rejects.toMatchObject(refused);
    const { checks } = await fixture.module.admin.planning.startChecklist(fixture.admin, slug);
    expect(checks[0]).toMatchObject({ id: "refusal", state: "blocks" });
  });

  test("is one more than the catalog can hold, and not for the sake of its key", async () => {
    const key = "one-too-many";
    await fixture.database.pool.query(
      `WITH made AS (
         INSERT INTO "ExperimentMetric" ("key", "description", "status", "version")
         SELECT 'filler-' || n, '', 'archived', 1 FROM generate_series(1, 500) AS n RETURNING "key"
       ) INSERT INTO "ExperimentMetricVersion" ("key", "version", "definition") SELECT "key", 1, '{}' FROM made`,
    );
    await expect(make({ key })).rejects.toMatchObject({
      code: "invalid_config",
      message: expect.stringContaining("as many as it can hold"),
    });
    await expect(make({ key: "filler-7" })).rejects.toMatchObject({ code: "slug_taken", field: "key" });
    await fixture.database.pool.query(`DELETE FROM "ExperimentMetric" WHERE "key" LIKE 'filler-%'`);
    const made = await Promise.allSettled([make({ key }), make({ key }), make({ key })]);
    const refused = made.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(["slug_taken", "slug_taken"]);
  });

  test("is a key that code has, or that is taken", async () => {
    const { key } = await make();
    for (const taken of [key, "in-code"])
      await expect(make({ key: taken })).rejects.toMatchObject({ code: "slug_taken", field: "key" });
  });

  test("is what cannot be measured, and that is said where it is made", async () => {
    await fixture.database.pool.query(`ALTER TABLE "Order" DROP COLUMN "price"`);
    await expect(make({ definition: spent() as never })).rejects.toMatchObject({
      code: "invalid_config",
      field: "definition",
      message: expect.stringContaining("price"),
    });
  });
});

describe("a source whose column went away", () => {
  async function broken() {
    const metric = await make({ definition: spent() as never });
    const experiment = await draft(metric.key);
    await fixture.database.pool.query(`ALTER TABLE "Order" DROP COLUMN "price"`);
    // Another process, which has tried nothing yet.
    const metrics = new MetricRegistry();
    metrics.register([code]);
    metrics.registerSources([orders]);
    const other = await createFixture(connectionString, { metrics });
    return { metric, experiment, other };
  }

  test("is named before the start, which is refused, by a person and by the schedule", async () => {
    const { experiment, other } = await broken();
    const { planning, lifecycle } = other.module.admin;
    const { checks } = await planning.startChecklist(other.admin, experiment.slug);
    expect(checks.filter(({ state }) => state === "blocks")).toMatchObject([
      { id: "refusal", refusal: { message: expect.stringMatching(/^Spent can’t be measured.*price/) } },
    ]);
    await expect(
      lifecycle.updateStatus(other.admin, { ...experiment, action: "start" }),
    ).rejects.toMatchObject({ code: "invalid_config", field: "metrics" });
    await other.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{schedule,startAt}', '"2020-01-01T00:00:00.000Z"') WHERE "slug" = $1`,
      [experiment.slug],
    );
    expect((await other.module.schedule.runDue()).map(({ slug }) => slug)).not.toContain(experiment.slug);
    await other.close();
  });

  test("is the fault of its own row: the catalog, the list and the page of the experiment go on", async () => {
    const { metric, experiment, other } = await broken();
    const { metricCatalog, metricHistory, catalog } = other.module.admin;
    const listed = await metricCatalog.list(other.admin);
    expect(listed.find(({ key }) => key === metric.key)?.fault).toContain("price");
    expect(listed.find(({ key }) => key === "in-code")).toMatchObject({ fault: null, status: null });
    expect(await metricHistory.read(other.admin, { key: metric.key, unit: "user" })).toMatchObject({
      days: null,
    });
    await catalog.list(other.admin);
    await catalog.get(other.admin, experiment.slug);
    await other.close();
  });

  test("and a definition that somebody has edited by hand, are rows with a fault, and nothing more", async () => {
    const { key } = await make();
    await fixture.database.pool.query(
      `INSERT INTO "ExperimentMetricVersion" ("key", "version", "definition") VALUES ($1, 2, '{"kind": "mean"}')`,
      [key],
    );
    await fixture.database.pool.query(`UPDATE "ExperimentMetric" SET "version" = 2 WHERE "key" = $1`, [key]);
    const { metricCatalog } = fixture.module.admin;
    const row = (await metricCatalog.list(fixture.admin)).find((one) => one.key === key);
    expect(row).toMatchObject({
      name: key,
      kind: null,
      fault: { text: expect.stringContaining("can’t be read") },
    });
    expect(await metricCatalog.get(fixture.admin, key)).toMatchObject({
      versions: [{ definition: null }, {}],
    });
    expect((await metricCatalog.listKnown(fixture.admin)).some((one) => one.key === key)).toBe(false);
  });
});

test("a metric says which way is better, whether code defines it or somebody has made it", async () => {
  const { metricCatalog } = fixture.module.admin;
  const facts = { direction: "increase", minimumEffect: null };
  expect(await metricCatalog.get(fixture.admin, code.key)).toMatchObject({ ...facts, revision: null });
  const { key } = await make({
    definition: { ...aMetric().definition, direction: "decrease", minimumEffect: 0.1 },
  });
  expect(await metricCatalog.get(fixture.admin, key)).toMatchObject({
    direction: "decrease",
    minimumEffect: 0.1,
  });
});

test("a node of the version before, which knows of no definitions, saves an experiment without losing them", async () => {
  const { key } = await make();
  const { slug } = await draft(key);
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" - 'catalogMetrics' WHERE "slug" = $1`,
    [slug],
  );
  expect(await heldBy(slug)).toMatchObject([[1, { name: "Clicked" }]]);
});

test("the history says what was recorded by day, with when it was counted", async () => {
  const { key } = await make({ definition: spent("gift") as never });
  await fixture.database.pool.query(
    `INSERT INTO "Order" SELECT n % 3, now() - interval '2 days', 10, CASE WHEN n < 5 THEN 'gift' ELSE 'other' END FROM generate_series(1, 9) AS n`,
  );
  const { days, asOf, baseline } = await fixture.module.admin.metricHistory.read(fixture.admin, {
    key,
    unit: "user",
  });
  expect(days).toHaveLength(28);
  expect(days?.filter(({ rows }) => rows > 0)).toMatchObject([{ rows: 4, subjects: 3 }]);
  expect(Math.abs(Date.now() - asOf.getTime())).toBeLessThan(60_000);
  expect(baseline).toBeNull();
});
