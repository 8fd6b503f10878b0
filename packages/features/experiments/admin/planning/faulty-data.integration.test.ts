import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../../testing/database-fixtures";
import { takePart } from "../../testing/person-fixtures";

const { connectionString } = await testDatabase();
const registry = new MetricRegistry();
registry.register([
  defineMetric({
    key: "halved",
    name: "Halved",
    kind: "mean",
    source: {
      query: {
        user: `SELECT "id" AS subject, now() - interval '19 days' AS at, 1 / ("id" - "id") AS value FROM "User"`,
      },
    },
  }),
]);
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics: registry });
});
afterAll(() => fixture.close());

test("a metric that fails of its data takes neither the review before a start nor its forecast with it, and is logged", async () => {
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const { slug: busy } = await aRunningExperiment(fixture);
  for (let person = 0; person < 3; person++)
    await takePart(fixture, await createUser(fixture.database), busy);
  await fixture.database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = now() - interval '20 days', "exposedAt" = now() - interval '20 days'`,
  );
  const metrics = { primary: "halved", secondary: [], guardrails: [] };
  const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput({ metrics }));
  const { checks } = await fixture.module.admin.planning.startChecklist(fixture.admin, slug);
  expect(checks.map(({ id }) => id)).toContain("plan");
  expect(checks).toContainEqual({
    id: "failing_metric",
    state: "warning",
    name: "Halved",
    fault: expect.objectContaining({ text: "its query divides by zero" }),
  });
  expect(warn).toHaveBeenCalledWith(expect.any(String), {
    metric: "halved",
    fault: "its query divides by zero",
  });
});
