import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from ".";
import { personalData, type WhenErased } from "./people";

const { connectionString } = await testDatabase();
let database: Database;
beforeAll(() => {
  database = createDatabase({ connectionString, max: 2 });
});
afterAll(() => database.close());

const PERSON = 987_654_321;
const EMAIL = "erasmus@person.example";
const NAME = "Erasmus Vanishing";
const [HERE, THERE] = [randomUUID(), randomUUID()];
const MARKS = [String(PERSON), EMAIL, NAME, HERE, THERE];

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values);

/** `table.column` of whatever names the person, in every row of every table. */
async function findPerson(): Promise<string[]> {
  const found = new Set<string>();
  for (const table of (await listColumns()).keys()) {
    const { rows } = await run(`SELECT to_jsonb(whole) AS "row" FROM "${table}" AS whole`);
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
  expect(Object.fromEntries(await listColumns())).toEqual(Object.fromEntries(known));
});

describe("somebody who stands everywhere", () => {
  beforeAll(plantPerson);

  it("is found in each place of the list, and in no other", async () => {
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
  const id = await assign({ visitorId });
  await convert(id, "mailed-to-ada@person.example");
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

async function plantPerson(): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`SELECT set_config('calcom.actor_id', '${PERSON}', true)`);
    await client.query(`
      INSERT INTO "User" ("id", "email", "name", "passwordHash", "attributes") VALUES
        (${PERSON}, '${EMAIL}', '${NAME}', 'hash of ${EMAIL}', '{"called": "${NAME}"}'),
        (2, 'other@person.example', 'Other', '-', '{}');
      INSERT INTO "UserSession" ("id", "userId", "expiresAt") VALUES (gen_random_uuid(), ${PERSON}, now());
      INSERT INTO "PasswordReset" ("tokenHash", "userId", "expiresAt") VALUES ('hash', ${PERSON}, now());
      INSERT INTO "Team" ("id", "name", "slug") VALUES (1, 'Team', 'team');
      INSERT INTO "Membership" ("userId", "teamId", "accepted") VALUES (${PERSON}, 1, true);
      INSERT INTO "Subscription" ("teamId", "purchasedById", "seats", "pricePerSeat") VALUES (1, ${PERSON}, 1, 12);
      INSERT INTO "EventType" ("id", "title", "slug", "durationMinutes", "userId", "teamId") VALUES
        (1, 'Meet ${NAME}', 'meet-${PERSON}', 30, ${PERSON}, NULL), (2, 'Meet the team', 'meet', 30, NULL, 1);
      INSERT INTO "Booking" ("eventTypeId", "attendeeName", "attendeeEmail", "startsAt") VALUES
        (1, 'Guest', 'guest@person.example', now()), (2, '${NAME}', '${EMAIL}', now());
      INSERT INTO "RateLimit" ("key", "points") VALUES ('login ${EMAIL}', 1);
      INSERT INTO "Feature" ("slug", "type", "metadata", "description", "updatedBy") VALUES
        ('an-experiment', 'EXPERIMENT', '{"status": "draft", "hypothesis": "${NAME} has this idea"}', 'By ${NAME}', ${PERSON}),
        ('a-flag', 'RELEASE', NULL, NULL, ${PERSON}), ('another-flag', 'RELEASE', NULL, NULL, NULL);
      INSERT INTO "UserFeatures" ("userId", "featureId", "enabled", "assignedBy") VALUES
        (${PERSON}, 'a-flag', true, ${PERSON}), (2, 'a-flag', true, ${PERSON});
      UPDATE "UserFeatures" SET "enabled" = false WHERE "userId" = ${PERSON};
      DELETE FROM "UserFeatures" WHERE "userId" = ${PERSON};
      INSERT INTO "UserFeatures" ("userId", "featureId", "enabled", "assignedBy") VALUES (${PERSON}, 'another-flag', true, ${PERSON});
      INSERT INTO "TeamFeatures" ("teamId", "featureId", "enabled", "assignedBy") VALUES (1, 'a-flag', true, ${PERSON});
      INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled", "plannedBy") VALUES ('a-flag', now() + interval '1 day', true, ${PERSON});
      INSERT INTO "ExperimentMember" ("userId", "role", "grantedById") VALUES (${PERSON}, 'ADMIN', NULL), (2, 'VIEWER', ${PERSON});
      INSERT INTO "PreviewLink" ("experimentSlug", "makerId", "expiresAt") VALUES ('an-experiment', ${PERSON}, now() + interval '1 day');
      INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage") VALUES ('an-experiment', 1, '{}', 100);
      INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ('${HERE}', ${PERSON}), ('${THERE}', ${PERSON});
      INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "after") VALUES
        (2, 'app', 'Person', 'user:${PERSON}', 'LOOK', '{"user": ${PERSON}}');
    `);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
  for (const subject of [{ userId: PERSON }, { visitorId: HERE }, { visitorId: THERE }, { userId: 2 }])
    await convert(await assign(subject), `${EMAIL} ${JSON.stringify(subject)}`.slice(0, 60));
  await keepViews();
  await keepMetrics();
  // Somebody else's key names nobody here.
  await run(`UPDATE "ExperimentConversion" SET "idempotencyKey" = 'other' WHERE "assignmentId" =
    (SELECT "id" FROM "ExperimentVariant" WHERE "userId" = 2)`);
}

async function keepViews(): Promise<void> {
  await run(
    `INSERT INTO "ExperimentView" ("userId", "name", "filter", "ownerId") VALUES ($1, $2, $3, $1), (2, 'Theirs', '{}', $1)`,
    [PERSON, NAME, { search: NAME }],
  );
}

async function keepMetrics(): Promise<void> {
  await run(
    `INSERT INTO "ExperimentMetric" ("key", "description", "ownerId", "version") VALUES ('paid', $1, $2, 1)`,
    [`${NAME} pays`, PERSON],
  );
  await run(
    `INSERT INTO "ExperimentMetricVersion" ("key", "version", "definition", "createdById") VALUES ('paid', 1, $1, $2)`,
    [{ name: NAME }, PERSON],
  );
  const { rows } = await run(
    `INSERT INTO "ExperimentChecklistItem" ("text", "createdById") VALUES ($1, $2) RETURNING "id"`,
    [`${NAME} agrees`, PERSON],
  );
  await run(
    `INSERT INTO "ExperimentCheck" ("experimentSlug", "itemId", "checkedById") VALUES ('an-experiment', $1, $2)`,
    [rows[0].id, PERSON],
  );
}

async function assign(subject: { userId?: number; visitorId?: string }): Promise<string> {
  const { rows } = await run(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "visitorId", "assignmentType", "epoch", "exposedAt", "metadata")
     VALUES ('an-experiment', 'control', $1, $2, 'RANDOM', 1, now(), $3) RETURNING "id"`,
    [subject.userId ?? null, subject.visitorId ?? null, subject.userId === 2 ? null : { called: NAME }],
  );
  return rows[0].id;
}

async function convert(assignmentId: string, key: string): Promise<void> {
  await run(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey") VALUES ($1, 'bought', $2)`,
    [assignmentId, key],
  );
}
