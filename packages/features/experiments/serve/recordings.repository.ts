import type { Json } from "@calcom/lib/json";
import type { QueryResultRow } from "pg";
import { type Pool, queryRows, retryOnce, withConnection } from "../sql/runner";

export interface Exposure {
  assignmentId: string;
  /** By this process's monotonic clock: waiting for a busy database does not change when it was seen. */
  seenAt: number;
  /** The facts to freeze into the row. */
  facts: Record<string, Json>;
}

export interface Conversion {
  assignmentId: string;
  event: string;
  key: string;
  ageMs: number;
  /** A decimal number as text, exact to six places. */
  value: string | null;
}

/** The most that a report is under way, and that a clock is believed to be off. */
export const MAX_AGE_MS = 5 * 60_000;
/** The most that a page keeps a conversion over an outage. */
const MAX_KEPT_MS = 72 * 60 * 60_000;

/** Writes exposures and conversions. */
export class RecordingsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Marks rows as seen for the first time and returns the ids of those that were. Later calls change nothing.
   *
   * Rows are locked in one order, or two batches could each hold a row that the other one needs. The lock is a weak
   * one: a conversion points at such a row, may be part of a long transaction, and must not block it. `IS TRUE` keeps
   * the planner from an index on `exposedAt`: with old statistics it would read everybody's unseen rows.
   */
  async expose(exposures: Exposure[]): Promise<string[]> {
    const rows = await retryOnce(async () =>
      this.#queryNow<{ id: string }>(
        `WITH seen AS (
           SELECT * FROM unnest($1::uuid[], $2::float8[], $3::jsonb[]) AS seen (id, age_ms, facts)
         ), locked AS (
           SELECT "id" FROM "ExperimentVariant" WHERE "id" = ANY($1::uuid[]) AND ("exposedAt" IS NULL) IS TRUE
           ORDER BY "id" FOR NO KEY UPDATE
         )
         UPDATE "ExperimentVariant" AS assignment SET
           "exposedAt" = greatest(assignment."assignedAt", ${subtractAgeSql("seen.age_ms")}),
           "metadata" = nullif(
             coalesce(assignment."metadata", '{}') || coalesce(seen.facts, '{}') || ${MEMBER_COUNT},
             '{}'::jsonb
           )
         FROM seen JOIN locked ON locked."id" = seen.id
         WHERE assignment."id" = seen.id AND assignment."id" = ANY($1::uuid[])
         RETURNING assignment."id"`,
        () => [
          exposures.map(({ assignmentId }) => assignmentId),
          exposures.map(({ seenAt }) => performance.now() - seenAt),
          exposures.map(({ facts }) => JSON.stringify(facts)),
        ],
      ),
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Stores conversions and returns how many were new. A key that is known already is not counted again. One that was kept
   * over an outage is never older than the exposure: what happened before that would not count.
   */
  async convert(conversions: Conversion[]): Promise<number> {
    const rows = await retryOnce(() =>
      queryRows<{ id: string }>(
        this.#pool,
        `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
         SELECT id, event, key, value, CASE WHEN age_ms <= ${MAX_AGE_MS} THEN ${subtractAgeSql("age_ms")} ELSE greatest(
           ${subtractAgeSql("age_ms", MAX_KEPT_MS)},
           coalesce((SELECT "exposedAt" FROM "ExperimentVariant" WHERE "id" = made.id), ${subtractAgeSql("age_ms")})
         ) END
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::numeric[], $5::float8[]) AS made (id, event, key, value, age_ms)
         ORDER BY id, event, key
         ON CONFLICT DO NOTHING RETURNING "id"`,
        [
          conversions.map(({ assignmentId }) => assignmentId),
          conversions.map(({ event }) => event),
          conversions.map(({ key }) => key),
          conversions.map(({ value }) => value),
          conversions.map(({ ageMs }) => ageMs),
        ],
      ),
    );
    return rows.length;
  }

  /** Computes the values once there is a connection: a busy process waits for one, and ages would be too small. */
  #queryNow<Row extends QueryResultRow>(text: string, values: () => unknown[]): Promise<Row[]> {
    return withConnection(this.#pool, (connection) => queryRows<Row>(connection, text, values()));
  }
}

/** The number of members when the team was first exposed, which the analysis of teams needs. */
const MEMBER_COUNT = `CASE WHEN assignment."teamId" IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('memberCount', (
  SELECT count(*) FROM "experiment_host_memberships" WHERE "team_id" = assignment."teamId"
)) END`;

function subtractAgeSql(ageMs: string, mostMs = MAX_AGE_MS): string {
  return `clock_timestamp() - least(greatest(${ageMs}, 0), ${mostMs}) * interval '1 millisecond'`;
}
