// A metric that is only slow is left out by itself and named; nothing else waits for it each time.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { HOUR_MS } from "@calcom/lib/time";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ExperimentsRepository } from "../../experiments.repository";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { AccessService } from "../../serve/access.service";
import { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import { MembersRepository } from "../../serve/members.repository";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { takePart } from "../../testing/person-fixtures";
import type { ExperimentMetrics } from "../../types/metrics";
import { createHostIds } from "../../utils/host-ids";
import { createResults, type ResultsModule } from "./create-results";

const { connectionString } = await testDatabase();
const metrics = new MetricRegistry();
const queryOf = (value: string) => ({
  user: `SELECT "userId" AS subject, "at", ${value} AS value FROM "Order" WHERE pg_sleep("seconds") IS NOT NULL`,
});
metrics.register([
  defineMetric({ key: "slow", name: "Slow", kind: "mean", source: { query: queryOf('"price"') } }),
  defineMetric({
    key: "wrong",
    name: "Wrong",
    kind: "mean",
    source: { query: { user: `SELECT "userId" AS subject, "at", "price" / 0 AS value FROM "Order"` } },
  }),
]);

let fixture: Fixture;
let log: ReturnType<typeof vi.fn<(message: string, facts?: Record<string, unknown>) => void>>;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics });
  await sql(`CREATE TABLE "Order" ("userId" int, "at" timestamptz, "price" numeric, "seconds" numeric)`);
});
beforeEach(async () => {
  log = vi.fn();
  await sql(`TRUNCATE "Order"`);
});
afterAll(() => fixture.close());

const sql = (text: string, values: unknown[] = []) => fixture.database.pool.query(text, values);

/** Results of a node that waits for little, beside those of the fixture's. */
function resultsWithin(recountMs: number): ResultsModule {
  const { pool } = fixture.database;
  const ids = createHostIds();
  return createResults({
    pool,
    configs: new ExperimentConfigsRepository(pool),
    experiments: new ExperimentsRepository(pool),
    access: new AccessService(new MembersRepository(pool), ids),
    metrics,
    ids,
    recountMs,
    trialTimes: { without: 10_000, withOne: 1_000, all: 15_000 },
    log: { warn: log },
  });
}

/** Two people take part, of whom one has ordered something that takes half a minute to read. */
async function anExperiment(named: Partial<ExperimentMetrics>): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, {
    metrics: { primary: "event:clicked", secondary: [], guardrails: [], ...named },
  });
  const [first, second] = [await createUser(fixture.database), await createUser(fixture.database)];
  for (const userId of [first, second]) await takePart(fixture, userId, slug);
  await sql(`INSERT INTO "Order" VALUES ($1, clock_timestamp(), 10, 30)`, [first]);
  return slug;
}

const TOO_SLOW = { text: "its query takes too long", values: {} };
const subjectsOf = (exposed: Record<string, number> = {}) =>
  Object.values(exposed).reduce((sum, subjects) => sum + subjects, 0);

test.each<[string, Partial<ExperimentMetrics>]>([
  ["primary", { primary: "slow", secondary: ["event:clicked"] }],
  ["guardrail", { guardrails: ["slow"] }],
  ["secondary", { secondary: ["slow"] }],
])("a slow %s metric is named, and everything else is counted", async (role, named) => {
  const slug = await anExperiment(named);
  const { results, recounts } = resultsWithin(1_500);
  const { result } = await results.refresh(fixture.admin, slug);
  expect(subjectsOf(result?.exposed)).toBe(2);
  expect(result?.metrics.map(({ key }) => key)).toEqual(["event:clicked"]);
  expect(result?.unmeasured).toEqual([{ key: "slow", name: "Slow", role, fault: TOO_SLOW }]);
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("can’t be measured"), {
    slug,
    metric: "slow",
    fault: TOO_SLOW.text,
  });
  const { items } = await fixture.module.admin.catalog.list(fixture.admin, { search: slug });
  expect(items[0]?.health).toMatchObject({ broken: ["Slow"] });

  // Whoever concludes now does not wait for it, on whatever node.
  const ended = await fixture.module.recounts.computeAsIfEnded(slug);
  expect(ended?.unmeasured).toEqual(result?.unmeasured);

  // Nor does the next count, until an hour later.
  await sql(`UPDATE "Order" SET "seconds" = 0`);
  expect((await recounts.recount(slug))?.unmeasured).toEqual(result?.unmeasured);
  await sql(
    `UPDATE "ExperimentResult" SET "result" = jsonb_set("result", '{asOf}', to_jsonb($2::text)) WHERE "experimentSlug" = $1`,
    [slug, new Date(Date.now() - HOUR_MS).toISOString()],
  );
  const later = await recounts.recount(slug);
  expect(later?.unmeasured).toEqual([]);
  expect(later?.metrics.map(({ key }) => key).sort()).toEqual(["event:clicked", "slow"]);
});

test("one that is slow does not keep one that fails from being named, nor the others from being counted", async () => {
  const slug = await anExperiment({ secondary: ["slow"], guardrails: ["wrong"] });
  const { result } = await resultsWithin(1_500).results.refresh(fixture.admin, slug);
  expect(result?.metrics.map(({ key }) => key)).toEqual(["event:clicked"]);
  expect(result?.unmeasured?.map(({ key, fault }) => [key, fault.text]).sort()).toEqual([
    ["slow", TOO_SLOW.text],
    ["wrong", "its query divides by zero"],
  ]);
});

test("where no metric is at fault, the time is over for all, and none is called broken", async () => {
  const slug = await anExperiment({ secondary: ["slow"] });
  await sql(`UPDATE "Order" SET "seconds" = 0.2`);
  await expect(resultsWithin(100).results.refresh(fixture.admin, slug)).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(log).not.toHaveBeenCalled();
  const { items } = await fixture.module.admin.catalog.list(fixture.admin, { search: slug });
  expect(items[0]?.health?.problems ?? []).not.toContain("metric_broken");
});
