import { sqlState } from "@calcom/lib/sql";
import type pg from "pg";
import type { SqlRunner } from "../sql/runner";

export interface Load {
  assignments: number;
  conversions: number;
}

/** Ten million take a quarter of an hour. */
export const LOAD_TIMEOUT_MS = 3_600_000;

/** Runs a statement for as long as it takes. */
export function runPatiently(client: SqlRunner, text: string, ...values: unknown[]) {
  return client.query({ text, values, query_timeout: LOAD_TIMEOUT_MS } as pg.QueryConfig<unknown[]>);
}

/**
 * Fills a running experiment of visitors with rows as 40 days of traffic leave them, written past the application in
 * the order of time: of every tenth visitor two conversions, until there are so many. A superuser's are written without
 * foreign keys and triggers, which takes a third of the time.
 */
export async function fillExperiment(
  client: SqlRunner,
  slug: string,
  { assignments, conversions }: Load,
): Promise<void> {
  await client
    .query("SET session_replication_role = replica")
    .catch((error: unknown) => refuseUnless(error, INSUFFICIENT_PRIVILEGE));
  await runPatiently(
    client,
    `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('startedAt',
       to_char(clock_timestamp() - interval '41 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) WHERE "slug" = $1`,
    slug,
  );
  await runPatiently(
    client,
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt", "sentAt")
     SELECT $1, CASE n % 2 WHEN 0 THEN 'control' ELSE 'urgent' END, gen_random_uuid(), 'DETERMINISTIC', 1, at, at, at
     FROM generate_series(1, $2::int) AS n
     CROSS JOIN LATERAL (SELECT clock_timestamp() - interval '40 days' + n / $2::float8 * interval '39 days') AS time (at)`,
    slug,
    assignments,
  );
  await runPatiently(
    client,
    `INSERT INTO "ExperimentConversion" ("assignmentId", "experimentSlug", "conversionEvent", "idempotencyKey", "value", "occurredAt", "sentAt")
     SELECT "id", $1, 'bought', gen_random_uuid(), (random() * 100)::numeric(20, 6), "exposedAt" + random() * interval '10 days', now()
     FROM (SELECT "id", "exposedAt", row_number() OVER () AS n FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS own,
       generate_series(1, 2) WHERE n <= $2::int * 10 / 2 AND n % 10 = 0`,
    slug,
    conversions,
  );
}

const INSUFFICIENT_PRIVILEGE = "42501";

function refuseUnless(error: unknown, state: string): void {
  if (sqlState(error) !== state) throw error;
}
