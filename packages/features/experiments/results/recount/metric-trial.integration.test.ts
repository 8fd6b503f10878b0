import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, expect, test } from "vitest";
import { defineEventMetric, defineMetric } from "../../metrics/define-metric";
import { MetricTrialRepository } from "./metric-trial.repository";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const trials = new MetricTrialRepository(database.pool);
afterAll(() => database.close());

const of = (user: string, kind: "conversion" | "mean" = "mean") =>
  defineMetric({ key: "tried", name: "Tried", kind, source: { query: { user } } });
const FINE = `SELECT "userId" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"`;

test.each([
  FINE,
  `${FINE} -- with a comment`,
  `SELECT 1::bigint AS subject, now() AS at, 1.5 AS value`,
  `SELECT * FROM (SELECT 1 AS subject, now() AS at, 2::real AS value) AS own`,
])("a metric that can be computed is fine: %s", async (query) => {
  expect(await trials.findFault(of(query))).toBeNull();
});

test("events need no trial, and a conversion needs no value", async () => {
  expect(await trials.findFault(defineEventMetric("signed-up"))).toBeNull();
  expect(await trials.findFault(of(`SELECT 1 AS subject, now() AS at`, "conversion"))).toBeNull();
});

test.each([
  [`SELECT "nobody" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"`, /"nobody" does not exist/],
  [`SELECT "userId" AS subject, "createdAt" AS at FROM "EventType"`, /source.value does not exist/],
  [`SELECT "userId" AS subject, 1 AS value FROM "EventType"`, /source.at does not exist/],
  [`SELECT 'a'::text AS subject, now() AS at, 1 AS value`, /"subject" as text: it has to be an integer/],
  [`SELECT 1 AS subject, now()::date AS at, 1 AS value`, /"at" as date: it has to be a timestamptz/],
  [`SELECT 1 AS subject, localtimestamp AS at, 1 AS value`, /"at" as timestamp without time zone/],
  [`SELECT 1 AS subject, now() AS at, true AS value`, /"value" as boolean: it has to be a number/],
  [`SELECT 1 AS subject, now() AS at, $1 AS value`, /refused by the database/],
  [`DELETE FROM "EventType" RETURNING 1 AS subject, now() AS at, 1 AS value`, /refused by the database/],
  [`SELECT 1 AS subject, now() AS at, 1 AS value; SELECT 2`, /refused by the database/],
])("a metric that cannot is told, and why: %s", async (query, why) => {
  expect(await trials.findFault(of(query))).toMatch(why);
});

test("both sides of a ratio are tried, for users and for teams", async () => {
  const fine = { query: { user: FINE, team: FINE } };
  const ratio = (numerator: typeof fine, denominator: typeof fine) =>
    defineMetric({ key: "tried", name: "Tried", kind: "ratio", numerator, denominator });
  const wrong = { query: { user: FINE, team: "SELECT 1 AS subject" } };
  expect(await trials.findFault(ratio(fine, fine))).toBeNull();
  expect(await trials.findFault(ratio(wrong, fine))).toMatch(/^the query for teams is refused/);
  expect(await trials.findFault(ratio(fine, wrong))).toMatch(/^the query for teams is refused/);
});

test("a metric whose query would take for ever is tried at once: no row is read", async () => {
  expect(
    await trials.findFault(of(`SELECT 1 AS subject, now() AS at, 1 AS value FROM pg_sleep(3600)`)),
  ).toBeNull();
});

test("a database that does not answer is no fault of the metric", async () => {
  const gone = createDatabase({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
  await expect(new MetricTrialRepository(gone.pool).findFault(of(FINE))).rejects.toMatchObject({
    code: "unavailable",
  });
  await gone.close();
});
