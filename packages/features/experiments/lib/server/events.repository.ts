import { takeLease } from "../../sql/lease";
import { execute, type Pool, queryRows } from "../../sql/runner";

/** An exposure or a conversion that was not sent to analytics yet. */
export interface UnsentEvent {
  id: string;
  kind: "exposure" | "conversion";
  slug: string;
  salt: string;
  setPersonProperties: boolean;
  variant: string;
  assignmentType: string;
  userId: number | string | null;
  teamId: number | string | null;
  visitorId: string | null;
  occurredAt: Date;
  conversionEvent: string | null;
  key: string | null;
  value: string | null;
}

/** Which events of a kind to read. */
interface Where {
  /** Of this moment and later; null for all. */
  from: Date | null;
  except: readonly string[];
}

const LEASE = "send-events";
/** A node may record events before it first takes the lease. */
const STARTS_WITHIN = "interval '1 minute'";
/** The pause after the first failure. Each further failure doubles it, up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** How soon to ask again while another node holds the lease: it is usually done long before the lease ends. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Reads the rows that have to be sent, and keeps the lease of the one node that sends them. No row stays locked while
 * the analytics service is slow. If a lease runs out and two nodes send, they send the same events under the same
 * uuids.
 */
export class EventsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Takes or renews the lease. Returns 0 if it is ours, otherwise after how many milliseconds to ask again. */
  async claim(holder: string, durationMs: number): Promise<number> {
    if (await takeLease(this.#pool, LEASE, holder, durationMs)) return 0;
    const [lease] = await queryRows<{ waitMs: number }>(
      this.#pool,
      `SELECT least(
         extract(epoch FROM "until" - clock_timestamp()) * 1000, CASE WHEN "holder" IS NOT NULL THEN $2::float8 END
       )::float8 AS "waitMs" FROM "Lease" WHERE "name" = $1`,
      [LEASE, LOOK_AGAIN_MS],
    );
    return Math.max(1, lease?.waitMs ?? 1);
  }

  /**
   * Gives the lease back, free at once or after a pause. The pause grows with each failure, and holds for all nodes.
   */
  async release(holder: string, hasFailed: boolean): Promise<void> {
    await execute(
      this.#pool,
      `UPDATE "Lease" SET "holder" = NULL,
         "failures" = CASE WHEN $3 THEN "failures" + 1 ELSE 0 END,
         "until" = CASE WHEN $3
           THEN ${buildLaterSql(`least(${FIRST_PAUSE_MS} * 2 ^ least("failures", 20), ${LONGEST_PAUSE_MS})`)}
           ELSE clock_timestamp() END
       WHERE "name" = $1 AND "holder" = $2`,
      [LEASE, holder, hasFailed],
    );
  }

  /**
   * Finds up to `limit` events of each kind, the oldest first. What happened before anybody sent events for this
   * database is history: it stays here.
   */
  async unsent(limit: number, where: Record<UnsentEvent["kind"], Where>): Promise<UnsentEvent[]> {
    const read = (text: string, { from, except }: Where) =>
      queryRows<UnsentEvent>(this.#pool, text, [limit, from, except]);
    const exposures = await read(UNSENT_EXPOSURES, where.exposure);
    const conversions = await read(UNSENT_CONVERSIONS, where.conversion);
    return [...exposures, ...conversions];
  }

  async markSent(events: Pick<UnsentEvent, "id" | "kind">[]): Promise<void> {
    await this.#mark(
      "ExperimentVariant",
      events.filter(({ kind }) => kind === "exposure"),
    );
    await this.#mark(
      "ExperimentConversion",
      events.filter(({ kind }) => kind === "conversion"),
    );
  }

  /** Rows are locked in the same order everywhere: erasing a person locks the same ones. */
  async #mark(
    table: "ExperimentVariant" | "ExperimentConversion",
    events: Pick<UnsentEvent, "id">[],
  ): Promise<void> {
    if (events.length === 0) return;
    await execute(
      this.#pool,
      `WITH sent AS (
         SELECT "id" FROM "${table}" WHERE "id" = ANY($1::uuid[]) ORDER BY "id" FOR NO KEY UPDATE
       )
       UPDATE "${table}" SET "sentAt" = clock_timestamp() WHERE "id" = ANY(ARRAY(SELECT "id" FROM sent))`,
      [events.map(({ id }) => id)],
    );
  }
}

/** $1 how many, $2 from when on, $3 which are on their way. */
function buildUnsentSql(at: string): string {
  return `"sentAt" IS NULL AND ${at} >= greatest($2, (
        SELECT "startedAt" - ${STARTS_WITHIN} FROM "Lease" WHERE "name" = '${LEASE}'
      )) AND "id" <> ALL ($3::uuid[]) ORDER BY ${at} LIMIT $1`;
}

function buildLaterSql(milliseconds: string): string {
  return `clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
}

const SETTINGS = `coalesce(feature."metadata" ->> 'salt', feature."slug") AS salt,
  coalesce(feature."metadata" -> 'setPersonProperties' = 'true', false) AS "setPersonProperties"`;

const SUBJECT = `assignment."variant", lower(assignment."assignmentType"::text) AS "assignmentType",
  assignment."userId", assignment."teamId", assignment."visitorId"`;

// First the few that are sent, then what they belong to: joined before, a backlog would be read as a whole.
const FEATURE = `CROSS JOIN LATERAL (
    SELECT * FROM "Feature" WHERE "slug" = assignment."experimentSlug" LIMIT 1
  ) AS feature`;

const UNSENT_EXPOSURES = `SELECT assignment."id", 'exposure' AS kind, feature."slug", ${SETTINGS}, ${SUBJECT},
    assignment."exposedAt" AS "occurredAt", NULL AS "conversionEvent", NULL AS key, NULL AS value
  FROM (
    SELECT * FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL AND ${buildUnsentSql('"exposedAt"')}
  ) AS assignment ${FEATURE} ORDER BY assignment."exposedAt"`;

const UNSENT_CONVERSIONS = `SELECT conversion."id", 'conversion' AS kind, feature."slug", ${SETTINGS}, ${SUBJECT},
    conversion."occurredAt", conversion."conversionEvent", conversion."idempotencyKey" AS key, conversion."value"::text
  FROM (
    SELECT * FROM "ExperimentConversion" WHERE ${buildUnsentSql('"occurredAt"')}
  ) AS conversion
  CROSS JOIN LATERAL (
    SELECT * FROM "ExperimentVariant" WHERE "id" = conversion."assignmentId" LIMIT 1
  ) AS assignment ${FEATURE} ORDER BY conversion."occurredAt"`;
