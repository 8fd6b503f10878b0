import { randomUUID } from "node:crypto";
import { DAY_MS } from "@calcom/lib/time";
import type { Pool } from "../../../sql/runner";
import { anIdentity, aRunningExperiment, type Fixture } from "../../../testing/database-fixtures";
import { spawnNode } from "../../../testing/spawn-node";
import type { Unit } from "../../../types/settings";
import { SETTINGS } from "./busy-metrics";
import { createTeams, createUsers, randomFrom } from "./random-people";

export interface History {
  slug: string;
  /** Two thirds through it; null where it goes on. */
  endedAt: Date | null;
}

/**
 * A month of an experiment as several nodes wrote it, one of which was killed in the middle: with changed weights, people
 * with several browsers, erased and imported subjects, and things that happened too early or too late.
 */
export async function aBusyHistory(
  nodes: readonly [Fixture, ...Fixture[]],
  connectionString: string,
  { unit, seed, hasEnded }: { unit: Unit; seed: number; hasEnded: boolean },
): Promise<History> {
  const random = randomFrom(seed);
  const [fixture] = nodes;
  const { pool } = fixture.database;
  let detail = await aRunningExperiment(fixture, { ...SETTINGS, unit });
  const { slug } = detail;
  const users = await createUsers(pool, 120);
  const teams = unit === "team" ? await createTeams(pool, users) : [];
  const browsers = Array.from({ length: 200 }, () => randomUUID());
  const visit = async (index: number) => {
    const { module } = nodes[index % nodes.length] ?? fixture;
    // Of visitors fewer, so that many have several browsers.
    const person = Math.floor(random() * (unit === "visitor" ? 40 : users.length));
    const userId = users[person] ?? 0;
    const visitorId = browsers[Math.floor(random() * browsers.length)] ?? "";
    const identity = anIdentity({ userId: unit === "visitor" ? null : userId, visitorId });
    const request = { slug, ...(unit === "team" ? { teamId: teams[person] } : {}) };
    await module.experiments.decide(identity, [request]);
    if (random() < 0.15) return;
    if (random() < 0.8) await module.experiments.recordExposures(identity, [request]);
    const conversions = Array.from({ length: Math.floor(random() * 3) }, () => ({
      ...request,
      event: "clicked",
      key: randomUUID(),
    }));
    if (conversions.length > 0) await module.experiments.recordConversions(identity, conversions);
    if (unit === "visitor" && random() < 0.5) await module.experiments.linkVisitor(userId, visitorId);
  };
  await Promise.all(Array.from({ length: 250 }, (_, index) => visit(index)));
  detail = await fixture.module.admin.editing.updateConfig(fixture.admin, {
    slug,
    version: detail.version,
    patch: {
      variants: [
        { name: "control", percentage: 80 },
        { name: "urgent", percentage: 20 },
      ],
    },
  });
  if (unit === "user") await killInTheMiddle(connectionString, slug, users);
  await Promise.all(Array.from({ length: 250 }, (_, index) => visit(index)));
  // What took milliseconds is spread over a month: exposures by the row, of a quarter some time after the assignment, what was done around the window of each.
  await pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = at, "exposedAt" =
       CASE WHEN "exposedAt" IS NOT NULL THEN at + ((hashtext("id"::text || 'later') & 3) / 3) * (clock_timestamp() - at) / 2 END
     FROM (SELECT "id" AS row, clock_timestamp() - (hashtext("id"::text) & 65535) / 65536.0 * interval '30 days' AS at
           FROM "ExperimentVariant") AS moved WHERE "id" = row AND "experimentSlug" = $1`,
    [slug],
  );
  // What rules would have frozen: one fact of few values, one of many, and what is no scalar; of a quarter nothing.
  await pool.query(
    `UPDATE "ExperimentVariant" SET "metadata" = jsonb_build_object(
       'plan', CASE hashtext("id"::text || 'plan') & 1 WHEN 0 THEN 'teams' ELSE 'individual' END, 'teamIds', '[1, 2]'::jsonb,
       'attributes', jsonb_build_object('seats', (hashtext("id"::text || 'seats') & 1023) % 31, 'beta', (hashtext("id"::text) & 7) = 0))
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text || 'facts') & 3) > 0`,
    [slug],
  );
  await pool.query(
    `UPDATE "ExperimentConversion" AS conversion SET "occurredAt" = assignment."assignedAt"
       + ((hashtext(conversion."id"::text) & 65535) / 65536.0 * 9 - 2) * interval '1 day'
     FROM "ExperimentVariant" AS assignment
     WHERE assignment."id" = conversion."assignmentId" AND conversion."experimentSlug" = $1`,
    [slug],
  );
  await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
     SELECT "id", 'bought', n::text, (hashtext("id"::text || n) & 1023) / 7.0,
       "assignedAt" + ((hashtext(n || "id"::text) & 65535) / 65536.0 * 9 - 2) * interval '1 day'
     FROM "ExperimentVariant", generate_series(1, 3) AS n
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text) & 3) = 0`,
    [slug],
  );
  // Of either sign, and of those who owe below 0 alone.
  await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
     SELECT "id", event, n::text, (hashtext("id"::text || n || event) & 1023) / 7.0 - least_value,
       "assignedAt" + ((hashtext(event || n || "id"::text) & 65535) / 65536.0 * 9 - 2) * interval '1 day'
     FROM "ExperimentVariant", generate_series(1, 2) AS n, (VALUES ('settled', 50), ('owed', 150)) AS kind (event, least_value)
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text) & 3) < 2`,
    [slug],
  );
  await pool.query(
    `UPDATE "VisitorLink" SET "linkedAt" = clock_timestamp() - (hashtext("visitorId"::text) & 65535) / 65536.0 * interval '40 days'
     WHERE "visitorId" = ANY($1)`,
    [browsers],
  );
  await book(pool, unit === "team" ? { teams } : { users }, random);
  if (unit === "team") await pool.query(`DELETE FROM "Team" WHERE "id" = ANY($1)`, [teams.slice(0, 8)]);
  else await pool.query(`DELETE FROM "User" WHERE "id" = ANY($1)`, [users.slice(0, 8)]);
  await pool.query(
    `UPDATE "ExperimentVariant" SET "assignmentType" = 'IMPORTED', "epoch" = NULL
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text) & 15) = 3`,
    [slug],
  );
  return { slug, endedAt: hasEnded ? await end(pool, slug) : null };
}

/** Ten days ago, as a node with a wrong clock or a late request would have gone on writing. */
async function end(pool: Pool, slug: string): Promise<Date> {
  const endedAt = new Date(Date.now() - 10 * DAY_MS);
  await pool.query(
    `UPDATE "Feature" SET "enabled" = false, "metadata" = "metadata" || jsonb_build_object('status', 'concluded', 'endedAt', $2::text)
     WHERE "slug" = $1`,
    [slug, endedAt.toISOString()],
  );
  return endedAt;
}

/** A node that ends without a word while it has requests under way. */
async function killInTheMiddle(connectionString: string, slug: string, users: number[]): Promise<void> {
  const node = spawnNode(connectionString);
  await node.decide(slug, users[0] ?? 0);
  const answers = users.map((userId) => node.decide(slug, userId).catch(() => null));
  await Promise.race(answers.slice(10));
  await node.kill();
  await Promise.all(answers);
}

async function book(
  pool: Pool,
  { users = [], teams = [] }: { users?: readonly number[]; teams?: readonly number[] },
  random: () => number,
): Promise<void> {
  const owners = [
    ...users.slice(0, 60).map((userId) => [userId, null]),
    ...teams.slice(0, 60).map((teamId) => [null, teamId]),
  ];
  for (const owner of owners) {
    const { rows } = await pool.query<{ id: number }>(
      `INSERT INTO "EventType" ("title", "slug", "durationMinutes", "userId", "teamId")
       VALUES ('Call', gen_random_uuid(), 15, $1, $2) RETURNING "id"`,
      owner,
    );
    for (let booking = 0; booking < random() * 8; booking++)
      await pool.query(
        `INSERT INTO "Booking" ("eventTypeId", "attendeeName", "attendeeEmail", "startsAt", "createdAt")
         VALUES ($1, 'Al', 'al@test.example', now(), $2)`,
        [rows[0]?.id, new Date(Date.now() - random() * 40 * DAY_MS)],
      );
  }
}
