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
