import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import {
  aRunningExperiment,
  createFixture,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MetricRegistry } from "../internals";
import { registryOf } from "../metrics";
import { sideBySide } from "../side-by-side";
import { tested } from "./command";
import { readOutcomes } from "./read";

const { connectionString } = await testDatabase();
const WAIT = { timeout: 180_000 };
const OPTIONS = { salts: 200, subjects: 10_000, seed: 1, metrics: "apps/web/experiments.metrics.ts" };

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

/** Visitors of ten days ago, of whom every fifth has clicked a day later and every tenth ten days later. */
async function anExperiment(count: number): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor", conversionWindowDays: 2 });
  const { experiments } = fixture.module;
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000);
  const visitors = Array.from({ length: count }, (_, index) => ({ index, visitorId: randomUUID() }));
  await sideBySide(visitors, ({ visitorId }) => experiments.exposeFor({ visitorId }, [slug]));
  await fixture.database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = $2, "exposedAt" = $2 WHERE "experimentSlug" = $1`,
    [slug, at(10)],
  );
  await sideBySide(visitors, async ({ index, visitorId }) => {
    const options = { subject: { visitorId }, experiment: slug };
    if (index % 5 === 0) await experiments.trackConversion({ event: "clicked", occurredAt: at(9) }, options);
    if (index % 10 === 1) await experiments.trackConversion("clicked", options);
  });
  return slug;
}

test("past subjects are split anew by what they did within their windows", WAIT, async () => {
  const slug = await anExperiment(500);
  const { pool } = fixture.database;
  const { subjects } = await readOutcomes(pool, slug, {
    registry: new MetricRegistry(),
    keys: null,
    most: 10_000,
  });
  expect(subjects).toHaveLength(500);
  expect(subjects.filter(({ outcomes }) => (outcomes[0]?.[0] ?? 0) > 0)).toHaveLength(100);

  const { figures } = await tested(pool, slug, OPTIONS);
  expect(figures).toMatchObject([
    { id: "event:clicked", tested: 200, met: true },
    // All came on one day.
    { id: "event:clicked, watched daily", tested: 0, withheld: { too_few_days: 200 }, rate: null, met: null },
    { id: "split", met: true },
  ]);
  expect(figures[0]?.rate).toBeGreaterThan(0);
});

test("no more subjects are read than asked for, and the same ones again", WAIT, async () => {
  const slug = await anExperiment(300);
  const read = async () =>
    (
      await readOutcomes(fixture.database.pool, slug, {
        registry: new MetricRegistry(),
        keys: ["event:clicked", "event:never"],
        most: 250,
      })
    ).subjects;
  const subjects = await read();
  expect(subjects).toHaveLength(250);
  expect(subjects.every(({ outcomes }) => outcomes.length === 2 && outcomes[1] === null)).toBe(true);
  expect(await read()).toEqual(subjects);
});

test("whoever was imported or erased is not split", WAIT, async () => {
  const slug = await anExperiment(300);
  const { pool } = fixture.database;
  const { rows } = await pool.query<{ visitorId: string }>(
    `SELECT "visitorId" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 ORDER BY "visitorId"`,
    [slug],
  );
  const [erased, imported, ...others] = rows.map(({ visitorId }) => visitorId);
  await fixture.module.experiments.forgetVisitor(erased ?? "");
  await pool.query(
    `UPDATE "ExperimentVariant" SET "assignmentType" = 'IMPORTED', "epoch" = NULL WHERE "visitorId" = $1`,
    [imported],
  );
  const outcomes = { registry: new MetricRegistry(), keys: null, most: 10_000 };
  const { subjects } = await readOutcomes(pool, slug, outcomes);
  expect(subjects.map(({ unit }) => unit)).toEqual(others);
});

test("what cannot be measured or split is said", WAIT, async () => {
  const { pool } = fixture.database;
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
  await expect(tested(pool, "no-such-thing", OPTIONS)).rejects.toThrow(
    "There is no experiment no-such-thing",
  );
  await expect(tested(pool, slug, OPTIONS)).rejects.toThrow(
    "has 0 subjects whose window of 14 days has closed",
  );
  await expect(tested(pool, slug, { ...OPTIONS, metric: ["revenue"] })).rejects.toThrow(
    "revenue cannot be measured",
  );
  await expect(registryOf("apps/web/none.ts")).rejects.toThrow("There is no file");
});
