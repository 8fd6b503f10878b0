import { type Pool, type SqlRunner, select } from "./lib/server/sql";

/** An exposure or a conversion that analytics has not been told of. */
export interface UnsentEvent {
  id: string;
  kind: "exposure" | "conversion";
  slug: string;
  salt: string;
  setPersonProperties: boolean;
  variant: string;
  assignmentType: string;
  userId: number | null;
  teamId: number | null;
  visitorId: string | null;
  occurredAt: Date;
  conversionEvent: string | null;
  key: string | null;
  value: string | null;
}

/** Reads the rows that are still to be sent, and marks those that were. */
export class EventsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Hands up to `limit` unsent events of each kind to `send` and marks them once it resolves. Rows that
   * another node is sending are passed over. Answers how many were sent.
   */
  async sendUnsent(limit: number, send: (events: UnsentEvent[]) => Promise<void>): Promise<number> {
    const client = await this.#pool.connect();
    const transaction = client as unknown as SqlRunner;
    let isBroken = true;
    try {
      await client.query("BEGIN");
      const exposures = await select<UnsentEvent>(transaction, UNSENT_EXPOSURES, [limit]);
      const conversions = await select<UnsentEvent>(transaction, UNSENT_CONVERSIONS, [limit]);
      const events = [...exposures, ...conversions];
      if (events.length > 0) {
        await send(events);
        await markSent(transaction, "ExperimentVariant", exposures);
        await markSent(transaction, "ExperimentConversion", conversions);
      }
      await client.query("COMMIT");
      isBroken = false;
      return events.length;
    } finally {
      // A transaction that did not commit is undone by the end of its connection.
      client.release(isBroken);
    }
  }
}

const SETTINGS = `coalesce(feature."metadata" ->> 'salt', feature."slug") AS salt,
  coalesce(feature."metadata" -> 'setPersonProperties' = 'true', false) AS "setPersonProperties"`;

const SUBJECT = `assignment."variant", lower(assignment."assignmentType"::text) AS "assignmentType",
  assignment."userId", assignment."teamId", assignment."visitorId"`;

// Not FOR UPDATE: that would block the conversions that point at these rows.
const UNSENT_EXPOSURES = `SELECT assignment."id", 'exposure' AS kind, feature."slug", ${SETTINGS}, ${SUBJECT},
    assignment."exposedAt" AS "occurredAt", NULL AS "conversionEvent", NULL AS key, NULL AS value
  FROM "ExperimentVariant" AS assignment JOIN "Feature" AS feature ON feature."slug" = assignment."experimentSlug"
  WHERE assignment."sentAt" IS NULL AND assignment."exposedAt" IS NOT NULL
  ORDER BY assignment."exposedAt" LIMIT $1 FOR NO KEY UPDATE OF assignment SKIP LOCKED`;

const UNSENT_CONVERSIONS = `SELECT conversion."id", 'conversion' AS kind, feature."slug", ${SETTINGS}, ${SUBJECT},
    conversion."occurredAt", conversion."conversionEvent", conversion."idempotencyKey" AS key, conversion."value"::text
  FROM "ExperimentConversion" AS conversion
  JOIN "ExperimentVariant" AS assignment ON assignment."id" = conversion."assignmentId"
  JOIN "Feature" AS feature ON feature."slug" = assignment."experimentSlug"
  WHERE conversion."sentAt" IS NULL
  ORDER BY conversion."occurredAt" LIMIT $1 FOR NO KEY UPDATE OF conversion SKIP LOCKED`;

async function markSent(
  transaction: SqlRunner,
  table: "ExperimentVariant" | "ExperimentConversion",
  events: UnsentEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await select(
    transaction,
    `UPDATE "${table}" SET "sentAt" = clock_timestamp() WHERE "id" = ANY($1::uuid[])`,
    [events.map(({ id }) => id)],
  );
}
