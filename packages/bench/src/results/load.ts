import type { Fixture } from "../internals";
import { aRunningExperiment } from "../internals";

export interface Load {
  assignments: number;
  conversions: number;
}

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
    const run = (text: string, ...values: unknown[]) =>
      client.query({ text, values, query_timeout: LOAD_TIMEOUT_MS } as { text: string; values: unknown[] });
    await run(`SET session_replication_role = replica`);
    await run(
      `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('startedAt',
         to_char(clock_timestamp() - interval '41 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) WHERE "slug" = $1`,
      slug,
    );
    await run(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt", "sentAt")
       SELECT $1, CASE n % 2 WHEN 0 THEN 'control' ELSE 'urgent' END, gen_random_uuid(), 'DETERMINISTIC', 1, at, at, at
       FROM generate_series(1, $2::int) AS n
       CROSS JOIN LATERAL (SELECT clock_timestamp() - interval '40 days' + n / $2::float8 * interval '39 days') AS time (at)`,
      slug,
      assignments,
    );
    await run(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "experimentSlug", "conversionEvent", "idempotencyKey", "value", "occurredAt", "sentAt")
       SELECT "id", $1, 'bought', gen_random_uuid(), (random() * 100)::numeric(20, 6), "exposedAt" + random() * interval '10 days', now()
       FROM (SELECT "id", "exposedAt", row_number() OVER () AS n FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS own,
         generate_series(1, 2) WHERE n <= $2::int * 10 / 2 AND n % 10 = 0`,
      slug,
      conversions,
    );
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

/** Ten million take a quarter of an hour. */
const LOAD_TIMEOUT_MS = 3_600_000;
