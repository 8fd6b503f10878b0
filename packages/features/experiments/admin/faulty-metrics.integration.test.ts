import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import { MetricRegistry } from "../metrics/registry";
import { anInput, createFixture, type Fixture } from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
const registry = new MetricRegistry();
registry.register([
  defineMetric({
    key: "fine",
    name: "Fine",
    kind: "conversion",
    source: { query: { user: `SELECT "userId" AS subject, "createdAt" AS at FROM "EventType"` } },
  }),
  defineMetric({
    key: "faulty",
    name: "Faulty",
    kind: "conversion",
    source: { query: { user: `SELECT "nobody" AS subject, "createdAt" AS at FROM "EventType"` } },
  }),
]);
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics: registry });
});
afterAll(() => fixture.close());

const measured = (primary: string) => ({ primary, secondary: [], guardrails: [] });
const refused = {
  code: "invalid_config",
  message: expect.stringMatching(/^Faulty can’t be measured on this database: .*"nobody" does not exist/),
};

test("a metric that the database cannot compute is not offered", async () => {
  const known = await fixture.module.admin.metricCatalog.listKnown(fixture.admin);
  expect(known.filter(({ isOffered }) => isOffered).map(({ key }) => key)).toEqual(["fine"]);
});

test("nobody can choose it, in a new experiment or in one that is there", async () => {
  const { editing } = fixture.module.admin;
  await expect(editing.create(fixture.admin, anInput({ metrics: measured("faulty") }))).rejects.toMatchObject(
    refused,
  );
  const { slug, version } = await editing.create(fixture.admin, anInput({ metrics: measured("fine") }));
  await expect(
    editing.updateConfig(fixture.admin, { slug, version, patch: { metrics: measured("faulty") } }),
  ).rejects.toMatchObject(refused);
});

test("what chose it when it could be computed is not started, by a person or by its schedule, and can still be edited", async () => {
  const { editing, lifecycle, catalog } = fixture.module.admin;
  const { slug } = await editing.create(fixture.admin, anInput({ metrics: measured("fine") }));
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{metrics,primary}', '"faulty"') WHERE "slug" = $1`,
    [slug],
  );
  const present = await catalog.get(fixture.admin, slug);
  await expect(
    lifecycle.updateStatus(fixture.admin, { slug, version: present.version, action: "start" }),
  ).rejects.toMatchObject(refused);
  const scheduled = await editing.updateConfig(fixture.admin, {
    slug,
    version: present.version,
    patch: { schedule: { startAt: new Date(Date.now() + 3_600_000).toISOString(), stopAt: null } },
  });
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{schedule,startAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, new Date(Date.now() - 60_000).toISOString()],
  );
  await fixture.module.schedule.runDue();
  expect((await catalog.get(fixture.admin, scheduled.slug)).status).toBe("draft");
});
