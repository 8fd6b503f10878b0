import type { Fixture, Load } from "../internals";
import { aRunningExperiment, fillExperiment, runPatiently } from "../internals";

export type { Load } from "../internals";

/** What the loaded experiments measure: a rate, and a mean that is winsorized. */
export const METRICS = { primary: "event:bought", secondary: ["bench-revenue"], guardrails: [] };

/**
 * A running experiment of visitors whose rows are those of 40 days of traffic, written past the application in the
 * order of time: a tenth of the visitors are linked to people, and so many conversions fall into the first ten days.
 * Foreign keys and triggers are off meanwhile, so a superuser is needed.
 */
export async function loadExperiment(fixture: Fixture, { assignments, conversions }: Load): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, {
    unit: "visitor",
    clientEvents: ["bought"],
    metrics: METRICS,
  });
  const client = await fixture.database.pool.connect();
  try {
    await fillExperiment(client, slug, { assignments, conversions });
    const run = (text: string, ...values: unknown[]) => runPatiently(client, text, ...values);
    await run(
      `INSERT INTO "VisitorLink" ("visitorId", "userId", "linkedAt")
       SELECT "visitorId", $2, now() FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND random() < 0.1`,
      slug,
      fixture.admin.userId,
    );
    await run(
      `UPDATE "VisitorLink" SET "userId" = 1 + random() * 1e9 WHERE "userId" = $1`,
      fixture.admin.userId,
    );
    await run(
      `UPDATE "VisitorLink" SET "isOneOfSeveral" = true
       WHERE "userId" IN (SELECT "userId" FROM "VisitorLink" GROUP BY "userId" HAVING count(*) > 1)`,
    );
    await run(`RESET session_replication_role`);
    // As autovacuum leaves a table that was written for weeks; a moment after a load it has not come by yet.
    for (const table of ["ExperimentVariant", "ExperimentConversion", "VisitorLink"])
      await run(`VACUUM ANALYZE "${table}"`);
    return slug;
  } finally {
    // It may still be in the role of a replica.
    client.release(true);
  }
}

/** What a busy while brings, in hundreds of transactions: half new visitors who see their variant, and half conversions. */
export async function addRows({ database }: Fixture, slug: string, count: number): Promise<void> {
  const { pool } = database;
  for (let added = 0; added < count; added += AT_ONCE) {
    await pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch")
       SELECT $1, CASE n % 2 WHEN 0 THEN 'control' ELSE 'urgent' END, gen_random_uuid(), 'DETERMINISTIC', 1
       FROM generate_series(1, $2::int) AS n`,
      [slug, AT_ONCE / 2],
    );
    const { rows } = await pool.query<{ id: string }>(
      `UPDATE "ExperimentVariant" SET "exposedAt" = clock_timestamp()
       WHERE "experimentSlug" = $1 AND "exposedAt" IS NULL RETURNING "id"`,
      [slug],
    );
    // A quarter of those who convert came earlier.
    await pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value")
       SELECT "id", 'bought', gen_random_uuid(), round((random() * 100)::numeric, 2) FROM (
         SELECT unnest($2::uuid[]) AS "id"
         UNION ALL
         (SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1
           AND "exposedAt" > now() - $4 * interval '1 day' ORDER BY "exposedAt" LIMIT $3)
       ) AS own`,
      [
        slug,
        rows.slice(0, Math.ceil(AT_ONCE * 0.375)).map(({ id }) => id),
        Math.floor(AT_ONCE * 0.125),
        2 + Math.random() * 8,
      ],
    );
  }
}

const AT_ONCE = 100;
