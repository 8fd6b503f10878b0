import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from ".";
import { ofApplication, personalData } from "./people";
import type { WhenErased } from "./personal-columns";
import { assign, convert, EMAIL, HERE, NAME, PERSON, plantPerson, THERE } from "./testing/person-everywhere";

const { connectionString } = await testDatabase();
let database: Database;
beforeAll(() => {
  database = createDatabase({ connectionString, max: 2 });
});
afterAll(() => database.close());

const MARKS = [String(PERSON), EMAIL, NAME, HERE, THERE];

/** Tables that are not those of experiments: what they keep, the application keeps. */
const OF_APPLICATION: ReadonlySet<string> = new Set(Object.keys(ofApplication));

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values);

/** `table.column` of whatever names the person, in every row of every table. */
async function findPerson(asked = run): Promise<string[]> {
  const found = new Set<string>();
  for (const table of (await listColumns()).keys()) {
    const { rows } = await asked(`SELECT to_jsonb(whole) AS "row" FROM "${table}" AS whole`);
    for (const { row } of rows as { row: Record<string, unknown> }[])
      for (const [column, value] of Object.entries(row))
        if (MARKS.some((mark) => JSON.stringify(value).includes(mark))) found.add(`${table}.${column}`);
  }
  return [...found].sort();
}

async function listColumns(): Promise<Map<string, string[]>> {
  const { rows } = await run(
    `SELECT columns."table_name" AS "table", array_agg(columns."column_name"::text) AS "columns"
     FROM information_schema.columns JOIN information_schema.tables USING ("table_schema", "table_name")
     WHERE "table_schema" = 'public' AND "table_type" = 'BASE TABLE' GROUP BY 1`,
  );
  return new Map(
    (rows as { table: string; columns: string[] }[]).map(({ table, columns }) => [table, columns.sort()]),
  );
}

function listed(is: (fate: WhenErased) => boolean): string[] {
  return Object.entries(personalData)
    .flatMap(([table, { people }]) =>
      Object.entries(people).flatMap(([column, fate]) => (is(fate) ? [`${table}.${column}`] : [])),
    )
    .sort();
}

it("lists every column of every table, with what becomes of those that can name somebody", async () => {
  const known = Object.entries(personalData).map(
    ([table, { people, others }]) => [table, [...Object.keys(people), ...others].sort()] as const,
  );
  expect(
    Object.fromEntries(await listColumns()),
    "List every column in prisma/people.ts or prisma/people-of-experiments.ts.",
  ).toEqual(Object.fromEntries(known));
});

describe("somebody who stands everywhere", () => {
  beforeAll(() => plantPerson(database));

  it("is found in each place of the list, and in no other", async () => {
    expect(await findPerson(), "Put the person there in prisma/testing/person-everywhere.ts.").toEqual(
      listed(() => true),
    );
  });

  it("is forgotten in the same places by the function for whom the application keeps", async () => {
    const ofModule = (places: string[]) =>
      places.filter((place) => !OF_APPLICATION.has(place.replace(/\..*$/, "")));
    const client = await database.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT forget_experiment_user($1)", [PERSON]);
      const found = await findPerson((sql, values) => client.query(sql, values));
      expect(
        ofModule(found),
        "forget_experiment_user has to do what the deletion of the person does.",
      ).toEqual(ofModule(listed((fate) => typeof fate === "object")));
      // Forgetting nobody is no error, and opens the log for nobody else.
      await client.query("SELECT forget_experiment_user($1)", [PERSON]);
      const { rows } = await client.query(`SELECT current_setting('calcom.forgotten_user') AS "left"`);
      expect(rows).toEqual([{ left: "" }]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await findPerson()).toEqual(listed(() => true));
  });

  it("is found, once erased, only where the list says that it stays, and why", async () => {
    await run(`DELETE FROM "User" WHERE "id" = $1`, [PERSON]);
    expect(await findPerson()).toEqual(listed((fate) => typeof fate === "object"));
  });

  it("is in the log for what it did, and no longer for what was done with it", async () => {
    const { rows } = await run(
      `SELECT "action", "before", "after" FROM "AuditLog" WHERE "tableName" = 'UserFeatures' AND "rowKey" = 'erased:a-flag'`,
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(["DELETE", "INSERT", "UPDATE"]);
    const { rowCount } = await run(
      `SELECT FROM "AuditLog" WHERE "tableName" = 'UserFeatures'
       AND (starts_with("rowKey", '${PERSON}:') OR "before" ->> 'userId' = '${PERSON}' OR "after" ->> 'userId' = '${PERSON}')`,
    );
    expect(rowCount).toBe(0);
  });

  it("leaves its variants, times and conversions, which still count", async () => {
    const { rows } = await run(
      `SELECT count(*)::int AS "rows", count("conversion"."id")::int AS "conversions", count(DISTINCT "idempotencyKey")::int AS "keys"
       FROM "ExperimentVariant" AS assignment LEFT JOIN "ExperimentConversion" AS conversion ON "assignmentId" = assignment."id"`,
    );
    expect(rows).toEqual([{ rows: 4, conversions: 4, keys: 4 }]);
  });
});

it("a browser that is forgotten leaves no key either", async () => {
  const visitorId = randomUUID();
  const id = await assign(run, { visitorId });
  await convert(run, id, "mailed-to-ada@person.example");
  await run(`UPDATE "ExperimentVariant" SET "exposedAt" = now() WHERE "id" = $1`, [id]);
  const keys = async () =>
    (await run(`SELECT "idempotencyKey" AS key FROM "ExperimentConversion" WHERE "assignmentId" = $1`, [id]))
      .rows;
  expect(await keys()).toEqual([{ key: "mailed-to-ada@person.example" }]);
  await run(`UPDATE "ExperimentVariant" SET "visitorId" = NULL WHERE "visitorId" = $1`, [visitorId]);
  expect(await keys()).toEqual([{ key: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
});

it("nobody rewrites the log otherwise, not even to erase somebody who is there", async () => {
  await run(`INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") VALUES (2, 'another-flag', true)`);
  for (const change of [
    `"rowKey" = 'erased:another-flag', "after" = "after" - 'userId'`,
    `"after" = '{}'`,
    `"actorId" = 1`,
    `"at" = now()`,
  ])
    await expect(
      run(
        `UPDATE "AuditLog" SET ${change} WHERE "tableName" = 'UserFeatures' AND "rowKey" = '2:another-flag'`,
      ),
    ).rejects.toMatchObject({ code: "CX003" });
  await expect(run(`DELETE FROM "AuditLog"`)).rejects.toMatchObject({ code: "CX003" });
  await expect(run(`TRUNCATE "AuditLog"`)).rejects.toMatchObject({ code: "CX003" });
});
