import type { Json } from "@calcom/lib/json";
import { CoalescedWrites, patienceSql, type WriteOptions } from "../sql/coalesced-writes";
import { queryRowsNow } from "../sql/named-statements";
import type { Pool } from "../sql/runner";

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

/** Writes exposures and conversions. Concurrent callers share statements. */
export class RecordingsRepository {
  readonly #pool: Pool;
  readonly #exposures: CoalescedWrites<Exposure, string>;
  readonly #conversions: CoalescedWrites<Arrived, string>;

  constructor(pool: Pool, options?: WriteOptions) {
    this.#pool = pool;
    this.#exposures = new CoalescedWrites<Exposure, string>(
      {
        keyOf: ({ assignmentId }) => assignmentId,
        write: (exposures, patienceMs) => this.#exposeMany(exposures, patienceMs),
        repeat: () => null,
      },
      options,
    );
    this.#conversions = new CoalescedWrites<Arrived, string>(
      {
        keyOf: nameConversion,
        write: (conversions, patienceMs) => this.#convertMany(conversions, patienceMs),
        repeat: () => null,
      },
      options,
    );
  }

  /**
   * Marks rows as seen for the first time and returns the ids of those that were. Later calls change nothing, and of
   * several at the same time one is told so.
   */
  async expose(exposures: Exposure[]): Promise<string[]> {
    const ids = await this.#exposures.submit(exposures);
    return ids.filter((id) => id !== null);
  }

  /**
   * Stores conversions and returns how many were new. A key that is known already is not counted again. One that was kept
   * over an outage is never older than the exposure: what happened before that would not count. One whose assignment is
   * gone is dropped.
   */
  async convert(conversions: Conversion[]): Promise<number> {
    const arrivedAt = performance.now();
    const stored = await this.#conversions.submit(conversions.map((one) => ({ ...one, arrivedAt })));
    return stored.filter((key) => key !== null).length;
  }

  /**
   * Rows are locked in one order, or two batches could each hold a row that the other one needs. The lock is a weak
   * one: a conversion points at such a row, may be part of a long transaction, and must not block it. `IS TRUE` keeps
   * the planner from an index on `exposedAt`: with old statistics it would read everybody's unseen rows.
   */
  async #exposeMany(exposures: Exposure[], patienceMs: number): Promise<Map<string, string>> {
    const rows = await queryRowsNow<{ id: string }>(
      this.#pool,
      `WITH ${patienceSql("$4")}, seen AS (
         SELECT * FROM unnest($1::uuid[], $2::float8[], $3::jsonb[]) AS seen (id, age_ms, facts)
       ), locked AS (
         SELECT assignment."id" FROM patience CROSS JOIN "ExperimentVariant" AS assignment
         WHERE assignment."id" = ANY($1::uuid[]) AND (assignment."exposedAt" IS NULL) IS TRUE
         ORDER BY assignment."id" FOR NO KEY UPDATE OF assignment
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
      (now) => [
        exposures.map(({ assignmentId }) => assignmentId),
        exposures.map(({ seenAt }) => now - seenAt),
        exposures.map(({ facts }) => JSON.stringify(facts)),
        patienceMs,
      ],
    );
    return new Map(rows.map(({ id }) => [id, id]));
  }

  async #convertMany(conversions: Arrived[], patienceMs: number): Promise<Map<string, string>> {
    const rows = await queryRowsNow<Pick<Conversion, "assignmentId" | "event" | "key">>(
      this.#pool,
      `WITH ${patienceSql("$7")}
       INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
       SELECT id, event, key, value, CASE
         WHEN age_ms <= ${MAX_AGE_MS} THEN ${subtractAgeSql("age_ms", ARRIVED)}
         ELSE greatest(
           ${subtractAgeSql("age_ms", ARRIVED, MAX_KEPT_MS)},
           coalesce(
             (SELECT "exposedAt" FROM "ExperimentVariant" WHERE "id" = made.id),
             ${subtractAgeSql("age_ms", ARRIVED)}
           )
         )
       END
       FROM patience CROSS JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::numeric[], $5::float8[], $6::float8[])
         AS made (id, event, key, value, age_ms, waited_ms)
       ORDER BY id, event, key
       ON CONFLICT DO NOTHING RETURNING "assignmentId", "conversionEvent" AS event, "idempotencyKey" AS key`,
      (now) => [
        conversions.map(({ assignmentId }) => assignmentId),
        conversions.map(({ event }) => event),
        conversions.map(({ key }) => key),
        conversions.map(({ value }) => value),
        conversions.map(({ ageMs }) => ageMs),
        conversions.map(({ arrivedAt }) => now - arrivedAt),
        patienceMs,
      ],
    );
    return new Map(rows.map((row) => [nameConversion(row), row.key]));
  }
}

/** A conversion, and when it was reported, by this process's monotonic clock. */
type Arrived = Conversion & { arrivedAt: number };

/** No part of it can hold a NUL. */
function nameConversion({
  assignmentId,
  event,
  key,
}: Pick<Conversion, "assignmentId" | "event" | "key">): string {
  return [assignmentId, event, key].join("\0");
}

/** The number of members when the team was first exposed, which the analysis of teams needs. */
const MEMBER_COUNT = `CASE WHEN assignment."teamId" IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('memberCount', (
  SELECT count(*) FROM "experiment_host_memberships" WHERE "team_id" = assignment."teamId"
)) END`;

/** When a conversion arrived, though it waited for its turn. */
const ARRIVED = "(clock_timestamp() - waited_ms * interval '1 millisecond')";

function subtractAgeSql(ageMs: string, from = "clock_timestamp()", mostMs = MAX_AGE_MS): string {
  return `${from} - least(greatest(${ageMs}, 0), ${mostMs}) * interval '1 millisecond'`;
}
