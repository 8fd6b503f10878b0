// What is stored of an experiment outlives the people in it: no fact of few of them may be among it.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, expect, test } from "vitest";
import { aRunningExperiment, createFixture, createUser } from "../../testing/database-fixtures";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { module, admin, database } = fixture;
afterAll(() => fixture.close());

const STORED = ["ExperimentResult", "ExperimentCount", "ExperimentHealth", "ExperimentFold"];

/** The tables in which a text stands. */
async function findText(text: string, tables = STORED): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const { rows } = await database.pool.query(
      `SELECT 1 FROM "${table}" AS whole WHERE position($1 IN to_jsonb(whole)::text) > 0 LIMIT 1`,
      [text],
    );
    if (rows.length > 0) found.push(table);
  }
  return found;
}

test("results and receipts keep no fact of one person, and once they are erased nothing else does", async () => {
  const { slug } = await aRunningExperiment(fixture, {
    targetingRules: { userAttributes: { email: { $exists: true }, country: { $exists: true } } },
  });
  const userIds = await Promise.all(Array.from({ length: 12 }, () => createUser(database)));
  await database.pool.query(
    `UPDATE "User" SET "attributes" = '{"country":"Atlantis"}' WHERE "id" = ANY($1)`,
    [userIds],
  );
  for (const userId of userIds) await module.experiments.exposeFor({ userId }, [slug]);
  const { rows } = await database.pool.query<{ id: number; email: string }>(
    `SELECT "id", "email" FROM "User" WHERE "id" = ANY($1)`,
    [userIds],
  );
  expect(await findText(rows[0]?.email ?? "", ["ExperimentVariant"])).toEqual(["ExperimentVariant"]);

  const counted = await module.recounts.recount(slug);
  expect(counted?.smallSegments).toContainEqual({ fact: "email", values: 12, subjects: 12 });
  for (const { email } of rows) expect(await findText(email, ["ExperimentResult"])).toEqual([]);

  const [gone] = rows;
  await database.pool.query(`DELETE FROM "User" WHERE "id" = $1`, [gone?.id]);
  await module.recounts.recount(slug);
  expect(await findText(gone?.email ?? "")).toEqual([]);

  const { version } = await module.admin.catalog.get(admin, slug);
  await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: null });
  expect(await findText("Atlantis", ["ExperimentResult"])).toEqual(["ExperimentResult"]);
  for (const { email } of rows)
    expect(await findText(email, ["ExperimentResult", "ExperimentFold"])).toEqual([]);
});
