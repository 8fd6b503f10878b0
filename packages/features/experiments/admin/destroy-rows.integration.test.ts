// Rows that go are noted, whatever deletes them: nodes forget what they remember of the experiment, and the next recount
// counts all of it again. What deletes millions notes it once, and queues no trigger for a row.
import { testDatabase } from "@calcom/embedded-postgres/testing";
import type { PoolClient } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createFixture, type Fixture } from "../testing/database-fixtures";
import { aLargeExperiment } from "../testing/large-experiment";
import { destroyRows } from "./destroy-rows";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let slug: string;
let other: string;
let client: PoolClient;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ slug } = await aLargeExperiment(fixture));
  const { rows } = await fixture.database.pool.query<{ slug: string }>(
    `SELECT "experimentSlug" AS slug FROM "ExperimentVariant" WHERE "experimentSlug" <> $1 LIMIT 1`,
    [slug],
  );
  other = (rows[0] as { slug: string }).slug;
  client = await fixture.database.pool.connect();
});
afterAll(async () => {
  client.release();
  await fixture.close();
});
beforeEach(() => client.query("BEGIN"));
afterEach(() => client.query("ROLLBACK"));

/** The experiments that this transaction has noted. */
async function readNoted(): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>(
    `SELECT "experimentSlug" AS slug FROM "ExperimentUpset" WHERE "upsetIn" = pg_current_xact_id()::text::bigint`,
  );
  return rows.map((row) => row.slug).sort();
}

/** How many times a trigger that notes was called by it. */
async function countCalls(statement: string): Promise<number> {
  const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`);
  const triggers: { "Trigger Name": string; Calls: number }[] = rows[0]["QUERY PLAN"][0].Triggers;
  return triggers
    .filter((trigger) => trigger["Trigger Name"].endsWith("_note_deleted"))
    .reduce((sum, { Calls }) => sum + Calls, 0);
}

const deleteRows = (table: string, where: string) => `DELETE FROM "${table}" WHERE ${where}`;
const of = (name: string) => `"experimentSlug" = '${name}'`;

it.each([
  ["rows", () => client.query(deleteRows("ExperimentVariant", of(slug)))],
  ["conversions", () => client.query(deleteRows("ExperimentConversion", of(slug)))],
  ["the experiment", () => client.query(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug])],
  ["all that it has gathered", () => destroyRows(client, slug)],
])("deleting %s notes the experiment, and no other", async (_, act) => {
  await act();
  expect(await readNoted()).toEqual([slug]);
});

it("queues no trigger for any row once the experiment is noted, and one for each row of another", async () => {
  await client.query("SELECT note_deleted_rows($1)", [slug]);
  expect(await countCalls(deleteRows("ExperimentConversion", of(slug)))).toBe(0);
  expect(await countCalls(deleteRows("ExperimentVariant", of(slug)))).toBe(0);
  expect(await countCalls(deleteRows("ExperimentVariant", of(other)))).toBeGreaterThan(0);
  expect(await readNoted()).toEqual([slug, other].sort());
});

it("notes both where one statement deletes rows of two by turns", async () => {
  await client.query(deleteRows("ExperimentVariant", `"experimentSlug" IN ('${slug}', '${other}')`));
  expect(await readNoted()).toEqual([slug, other].sort());
});

it("notes it again where the deletion that had noted it was taken back", async () => {
  await client.query("SAVEPOINT before");
  await destroyRows(client, slug);
  await client.query("ROLLBACK TO SAVEPOINT before");
  expect(await readNoted()).toEqual([]);
  await client.query(
    deleteRows(
      "ExperimentConversion",
      `"id" = (SELECT "id" FROM "ExperimentConversion" WHERE ${of(slug)} LIMIT 1)`,
    ),
  );
  expect(await readNoted()).toEqual([slug]);
});

it("says nothing of rows that nobody has seen and that were not to stay", async () => {
  await client.query(
    `UPDATE "ExperimentVariant" SET "isProvisional" = true, "exposedAt" = NULL WHERE ${of(slug)}`,
  );
  await client.query(`DELETE FROM "ExperimentUpset"`);
  await client.query(deleteRows("ExperimentConversion", of(slug)));
  await client.query(`DELETE FROM "ExperimentUpset"`);
  await client.query("SELECT set_config('calcom.deleted_rows_of', '', true)");
  expect(await countCalls(deleteRows("ExperimentVariant", of(slug)))).toBe(0);
  expect(await readNoted()).toEqual([]);
});
