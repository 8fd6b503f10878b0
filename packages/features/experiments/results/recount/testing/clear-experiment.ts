import { DAY_MS } from "@calcom/lib/time";
import { aRunningExperiment, type Fixture } from "../../../testing/database-fixtures";
import type { ExperimentMetrics } from "../../../types/metrics";
import { manySubjects } from "../../testing/rows";

/** One in which the treatment is better by "clicked", as of ten days that are over. */
export async function aClearExperiment(
  fixture: Fixture,
  metrics: Partial<ExperimentMetrics>,
): Promise<string> {
  const { pool } = fixture.database;
  const { slug } = await aRunningExperiment(fixture, {
    unit: "visitor",
    conversionWindowDays: 3,
    metrics: { primary: "event:clicked", secondary: [], guardrails: [], ...metrics },
  });
  await pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{startedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, new Date(Date.now() - 25 * DAY_MS).toISOString()],
  );
  for (let day = 0; day < 10; day++) {
    const exposedAt = new Date(Date.now() - (20 - day) * DAY_MS);
    await manySubjects(pool, slug, { variant: "control", n: 100, converted: 25, exposedAt });
    await manySubjects(pool, slug, { variant: "urgent", n: 100, converted: 50, exposedAt });
  }
  return slug;
}

/** So many of each variant sign in, and order something for a price of their own, in the table "Order". */
export async function manyOrder({ database }: Fixture, slug: string, each: number): Promise<void> {
  await database.pool.query(
    `WITH browser AS (
       SELECT "visitorId", "exposedAt", row_number() OVER (PARTITION BY "variant" ORDER BY "id") AS place
       FROM "ExperimentVariant" WHERE "experimentSlug" = $1
     ), person AS (
       INSERT INTO "User" ("email", "name", "passwordHash")
       SELECT "visitorId" || '@test.example', 'Uma', '-' FROM browser WHERE place <= $2 RETURNING "id", "email"
     ), known AS (
       SELECT person."id", browser.* FROM person JOIN browser ON person."email" = browser."visitorId" || '@test.example'
     ), linked AS (
       INSERT INTO "VisitorLink" ("visitorId", "userId", "linkedAt")
       SELECT "visitorId", "id", "exposedAt" - interval '40 days' FROM known
     )
     INSERT INTO "Order" ("userId", "at", "price") SELECT "id", "exposedAt" + interval '1 hour', place FROM known`,
    [slug, each],
  );
}
