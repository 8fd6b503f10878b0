import { randomUUID } from "node:crypto";
import type { QueryResult } from "pg";
import type { Database } from "..";

export const PERSON = 987_654_321;
export const EMAIL = "erasmus@person.example";
export const NAME = "Erasmus Vanishing";
export const [HERE, THERE] = [randomUUID(), randomUUID()];

type Run = (sql: string, values?: unknown[]) => Promise<QueryResult>;

/** Puts somebody into every place of the database that can name a person. */
export async function plantPerson({ pool }: Database): Promise<void> {
  const run: Run = (sql, values) => pool.query(sql, values);
  const client = await pool.connect();
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
    await convert(run, await assign(run, subject), `${EMAIL} ${JSON.stringify(subject)}`.slice(0, 60));
  await keepViews(run);
  await keepMetrics(run);
  // Somebody else's key names nobody here.
  await run(`UPDATE "ExperimentConversion" SET "idempotencyKey" = 'other' WHERE "assignmentId" =
    (SELECT "id" FROM "ExperimentVariant" WHERE "userId" = 2)`);
}

async function keepViews(run: Run): Promise<void> {
  await run(
    `INSERT INTO "ExperimentView" ("userId", "name", "filter", "ownerId") VALUES ($1, $2, $3, $1), (2, 'Theirs', '{}', $1)`,
    [PERSON, NAME, { search: NAME }],
  );
}

async function keepMetrics(run: Run): Promise<void> {
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

export async function assign(run: Run, subject: { userId?: number; visitorId?: string }): Promise<string> {
  const { rows } = await run(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "visitorId", "assignmentType", "epoch", "exposedAt", "metadata")
     VALUES ('an-experiment', 'control', $1, $2, 'RANDOM', 1, now(), $3) RETURNING "id"`,
    [subject.userId ?? null, subject.visitorId ?? null, subject.userId === 2 ? null : { called: NAME }],
  );
  return rows[0].id;
}

export async function convert(run: Run, assignmentId: string, key: string): Promise<void> {
  await run(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey") VALUES ($1, 'bought', $2)`,
    [assignmentId, key],
  );
}
