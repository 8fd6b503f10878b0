import type { Pool } from "../sql/runner";
import type { Unit } from "../types/settings";

export interface PrecedentTraffic {
  unit: Unit;
  /** Whole days up to yesterday on which somebody came. */
  days: number;
  /** New subjects on each of them, half of them in each of two variants. */
  perDay: number;
  /** The share of them that clicks within the hour. */
  rate: number;
}

/** What an experiment that ran before has left: the forecast of the next one counts on it. */
export async function writePrecedent(pool: Pool, slug: string, traffic: PrecedentTraffic): Promise<void> {
  await pool.query(SQL[traffic.unit], [slug, traffic.days, traffic.perDay, traffic.rate]);
  await pool.query(`ANALYZE "ExperimentVariant", "ExperimentConversion"`);
}

const MADE = `numbered AS (
    SELECT day, one, row_number() OVER (ORDER BY day, one) AS n,
      date_trunc('day', now(), 'UTC') - make_interval(days => day) + interval '9 hours' AS at
    FROM generate_series(1, $2::int) AS day, generate_series(1, $3::int) AS one
  )`;

const seen = (column: string, id: string, from: string) => `, seen AS (
    INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "${column}", "assignmentType", "epoch", "assignedAt", "exposedAt")
    SELECT $1, CASE WHEN n % 2 = 0 THEN 'control' ELSE 'urgent' END, ${id}, 'DETERMINISTIC', 1, at, at FROM ${from}
    RETURNING "id", "exposedAt"
  )
  INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
  SELECT "id", 'clicked', 'first', "exposedAt" + interval '1 hour'
  FROM (SELECT *, row_number() OVER (ORDER BY "exposedAt", "id") AS k, count(*) OVER () AS whole FROM seen) AS ranked
  WHERE floor(k * $4::float8) > floor((k - 1) * $4::float8)`;

const SQL: Record<Unit, string> = {
  visitor: `WITH ${MADE} ${seen("visitorId", "gen_random_uuid()", "numbered")}`,
  user: `WITH ${MADE}, people AS (
      INSERT INTO "User" ("email", "name", "passwordHash")
      SELECT $1 || '-' || n || '@precedent.example', 'Uma', '-' FROM numbered RETURNING "id", "email"
    ), known AS (
      SELECT people."id", n, at FROM people JOIN numbered ON people."email" = $1 || '-' || n || '@precedent.example'
    ) ${seen("userId", `"id"`, "known")}`,
  team: `WITH ${MADE}, made AS (
      INSERT INTO "Team" ("name", "slug") SELECT 'A team', $1 || '-' || n FROM numbered RETURNING "id", "slug"
    ), known AS (
      SELECT made."id", n, at FROM made JOIN numbered ON made."slug" = $1 || '-' || n
    ) ${seen("teamId", `"id"`, "known")}`,
};
