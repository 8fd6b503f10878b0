import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { takePart } from "../../testing/person-fixtures";
import type { ExperimentMetrics } from "../../types/metrics";

const { connectionString } = await testDatabase();
const metrics = new MetricRegistry();
metrics.register([
  defineMetric({
    key: "spent",
    name: "Spent",
    kind: "mean",
    source: { query: { user: `SELECT "userId" AS subject, "at", "price" AS value FROM "Order"` } },
  }),
]);
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics });
});
beforeEach(() =>
  sql(`DROP TABLE IF EXISTS "Order"; CREATE TABLE "Order" ("userId" int, "at" timestamptz, "price" numeric)`),
);
afterAll(() => fixture.close());

const sql = (text: string) => fixture.database.pool.query(text);
const refresh = (slug: string) => fixture.module.results.refresh(fixture.admin, slug);

/** Somebody has taken part before what a metric reads is gone, and somebody after. */
async function losing(named: ExperimentMetrics) {
  const { slug, version } = await aRunningExperiment(fixture, { metrics: named });
  await takePart(fixture, await createUser(fixture.database), slug);
  await refresh(slug);
  await sql(`ALTER TABLE "Order" DROP COLUMN "price"`);
  await takePart(fixture, await createUser(fixture.database), slug);
  return { slug, version };
}

const subjectsOf = (exposed: Record<string, number> = {}) =>
  Object.values(exposed).reduce((sum, subjects) => sum + subjects, 0);

test("a secondary metric whose column is gone is named, and everything else is counted", async () => {
  const { slug } = await losing({ primary: "event:clicked", secondary: ["spent"], guardrails: [] });
  const { result } = await refresh(slug);
  expect(subjectsOf(result?.exposed)).toBe(2);
  expect(result?.metrics.map(({ key }) => key)).toEqual(["event:clicked"]);
  expect(result?.unknownMetrics).toEqual(["spent"]);
  const preview = await fixture.module.results.previewEnd(fixture.admin, slug);
  expect(preview.population.subjects).toBe(2);
  const { items } = await fixture.module.admin.catalog.list(fixture.admin, { search: slug });
  expect(items[0]?.health).toMatchObject({ problems: ["metric_broken"], broken: ["Spent"] });
  await sql(`ALTER TABLE "Order" ADD COLUMN "price" numeric`);
  const { result: whole } = await refresh(slug);
  expect(whole?.metrics.map(({ key }) => key)).toEqual(["event:clicked", "spent"]);
});

test("the receipt of a conclusion waits until all metrics can be computed", async () => {
  const { slug, version } = await losing({ primary: "event:clicked", secondary: ["spent"], guardrails: [] });
  await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
  const { result, receipt } = await fixture.module.results.get(fixture.admin, slug);
  expect([result?.status, subjectsOf(result?.exposed), receipt]).toEqual(["concluded", 2, null]);
  // It is tried again, and not all the time.
  expect(await fixture.module.recounts.findDue()).not.toContain(slug);
  await sql(`UPDATE "ExperimentResult" SET "createdAt" = now() - interval '6 minutes' WHERE NOT "isReceipt"`);
  expect(await fixture.module.recounts.findDue()).toContain(slug);
  await sql(`ALTER TABLE "Order" ADD COLUMN "price" numeric`);
  const later = await refresh(slug);
  expect(later.receipt).not.toBeNull();
  expect(later.result?.unknownMetrics).toEqual([]);
});

test("what could not be counted is not due for a while, so that the others have their turn", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const { recounts } = fixture.module;
  expect(await recounts.findDue()).toContain(slug);
  await sql(`UPDATE "Feature" SET "metadata" = "metadata" || '{"variants": 7}' WHERE "slug" = '${slug}'`);
  expect(await recounts.recount(slug)).toBeNull();
  expect(await recounts.findDue()).not.toContain(slug);
});
