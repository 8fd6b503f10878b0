import { readOwnJson } from "@calcom/lib/json";
import { type CallerTransaction, executeIn, inTurn, runIn } from "../sql/caller-transaction";
import { type Pool, queryRows, retryOnce } from "../sql/runner";
import { statusSql } from "../sql/status-sql";
import type { CheckedConversion } from "./server-conversion";

/** A conversion, and the subjects to whom it may be credited. */
export interface Credit extends CheckedConversion {
  userId: number | null;
  visitorId: string | null;
  teamId: number | null;
  /** Whether the team is credited only if the user is an accepted member. */
  isMembershipNeeded: boolean;
  /** The only experiment to credit; null for all. */
  slug: string | null;
  /** Experiments that are not credited. */
  exceptSlugs: string[];
}

export type WithinOutcome = { recorded: number } | { failure: { state: string; message: string } };

/** How long a caller's transaction waits for one lock of ours. */
const LOCK_TIMEOUT_MS = 250;

/**
 * Credits conversions that server code reports to the subject's assignments: that of the user, that of the team, and,
 * of all browsers linked to the person, the one that speaks for them.
 */
export class CreditsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Returns in how many experiments the conversion was new. */
  async credit(credit: Credit): Promise<number> {
    const rows = await retryOnce(() =>
      queryRows<{ id: string }>(this.#pool, `${buildInsertSql("$1::jsonb")} RETURNING "id"`, [
        JSON.stringify(credit),
      ]),
    );
    return rows.length;
  }

  /**
   * The same within somebody else's transaction, whose settings and statements stay intact whatever happens here.
   * Gives up after `timeoutMs`. Rejects only if the transaction had failed already.
   */
  creditWithin(tx: CallerTransaction, credit: Credit, timeoutMs: number): Promise<WithinOutcome> {
    return inTurn(tx, async () => {
      await runIn(tx, PREPARE, [JSON.stringify(credit), String(Math.max(1, Math.ceil(timeoutMs)))]);
      await executeIn(tx, CREDIT_WITHIN);
      const [row] = (await runIn(tx, OUTCOME)) as { outcome: string | null }[];
      return row?.outcome ? (readOwnJson(row.outcome) as WithinOutcome) : NOT_WITHIN;
    });
  }
}

const NOT_WITHIN: WithinOutcome = {
  failure: {
    state: "25P01",
    message:
      "There is no transaction: pass what prisma.$transaction hands over, or one pg client after BEGIN, and not the pool.",
  },
};

/**
 * Credits one row per experiment. A person with several browsers is represented by the one that was exposed first; the
 * key may already be stored with any of them.
 *
 * Each LATERAL is one look into an index, whatever the planner believes of the tables: a join that it may turn round
 * reads the conversions of everybody.
 */
function buildInsertSql(source: string): string {
  return `WITH credit AS MATERIALIZED (
      SELECT * FROM jsonb_to_record(${source}) AS credit (
        "event" text, "key" text, "value" numeric, "occurredAtMs" float8, "userId" int, "visitorId" uuid, "teamId" int,
        "isMembershipNeeded" boolean, "slug" text, "exceptSlugs" jsonb
      )
    ), moment AS (
      SELECT least(to_timestamp("occurredAtMs" / 1000), clock_timestamp()) AS "occurredAt" FROM credit
    ), browser AS (
      SELECT "visitorId" FROM credit WHERE "visitorId" IS NOT NULL
      UNION
      SELECT other."visitorId" FROM credit
      LEFT JOIN "VisitorLink" AS own ON own."visitorId" = credit."visitorId"
      CROSS JOIN LATERAL (
        SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = coalesce(credit."userId", own."userId") OFFSET 0
      ) AS other
    ), mine AS MATERIALIZED (
      SELECT assignment.* FROM credit CROSS JOIN LATERAL (${ROWS} WHERE "userId" = credit."userId" OFFSET 0) AS assignment
      UNION ALL
      SELECT assignment.* FROM credit CROSS JOIN LATERAL (${ROWS} WHERE "teamId" = credit."teamId" OFFSET 0) AS assignment
      WHERE NOT credit."isMembershipNeeded" OR EXISTS (
        SELECT FROM "experiment_host_memberships" AS membership
        WHERE membership."user_id" = credit."userId" AND membership."team_id" = credit."teamId"
      )
      UNION ALL
      SELECT assignment.* FROM browser
      CROSS JOIN LATERAL (${ROWS} WHERE "visitorId" = browser."visitorId" OFFSET 0) AS assignment
    ), known AS MATERIALIZED (
      SELECT mine."experimentSlug" FROM credit CROSS JOIN mine CROSS JOIN LATERAL (
        SELECT FROM "ExperimentConversion" WHERE "assignmentId" = mine."id"
          AND "conversionEvent" = credit."event" AND "idempotencyKey" = credit."key" LIMIT 1
      ) AS conversion
    ), speaking AS (
      SELECT DISTINCT ON (mine."experimentSlug") mine."id", mine."experimentSlug"
      FROM credit CROSS JOIN mine
      WHERE mine."experimentSlug" = coalesce(credit."slug", mine."experimentSlug")
        AND NOT credit."exceptSlugs" ? mine."experimentSlug"
      ORDER BY mine."experimentSlug", mine."exposedAt" NULLS LAST,
        CASE WHEN mine."exposedAt" IS NULL THEN mine."visitorId" IS DISTINCT FROM credit."visitorId" END,
        mine."assignedAt", mine."id"
    ), credited AS (
      SELECT speaking."id" FROM moment CROSS JOIN speaking
      CROSS JOIN LATERAL (SELECT * FROM "Feature" WHERE "slug" = speaking."experimentSlug" LIMIT 1) AS feature
      WHERE NOT EXISTS (SELECT FROM known WHERE known."experimentSlug" = speaking."experimentSlug")
        AND CASE ${statusSql("feature")}
          WHEN 'running' THEN true WHEN 'paused' THEN true WHEN 'off' THEN true
          WHEN 'concluded' THEN ${buildIsoSql('moment."occurredAt"')} < (feature."metadata" ->> 'endedAt') COLLATE "C"
          WHEN 'archived' THEN ${buildIsoSql('moment."occurredAt"')} < (feature."metadata" ->> 'endedAt') COLLATE "C"
          ELSE false END
    )
    INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
    SELECT credited."id", credit."event", credit."key", credit."value", moment."occurredAt"
    FROM credited CROSS JOIN credit CROSS JOIN moment ORDER BY credited."id"
    ON CONFLICT DO NOTHING`;
}

/** As JavaScript writes it, to compare texts: the cast of one that is no time would fail for every experiment. */
function buildIsoSql(at: string): string {
  return `to_char(${at} AT TIME ZONE INTERVAL '0', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const ROWS = `SELECT "id", "experimentSlug", "visitorId", "exposedAt", "assignedAt" FROM "ExperimentVariant"`;

/** DO takes no parameters, so the credit is passed in a setting. */
const PREPARE = `WITH before AS MATERIALIZED (SELECT current_setting('statement_timeout') AS "statementTimeout")
  SELECT set_config('calcom.credit', ($1::jsonb || to_jsonb(before))::text, true),
    set_config('statement_timeout', $2, true)
  FROM before`;

/**
 * The inner block acts as a savepoint: if something fails in it, only the block is undone. It is one statement instead
 * of SAVEPOINT, INSERT and ROLLBACK TO, because the caller may run other statements on the same connection at the same
 * time, and ROLLBACK TO would undo those as well.
 */
const CREDIT_WITHIN = `DO $credit$
  DECLARE
    asked jsonb := nullif(current_setting('calcom.credit', true), '')::jsonb;
    lock_timeout_before text := current_setting('lock_timeout');
    recorded int;
    outcome jsonb;
  BEGIN
    IF asked IS NULL THEN RETURN; END IF;
    BEGIN
      PERFORM set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', true);
      ${buildInsertSql("asked")};
      GET DIAGNOSTICS recorded = ROW_COUNT;
      outcome := jsonb_build_object('recorded', recorded);
    EXCEPTION WHEN query_canceled OR OTHERS THEN
      outcome := jsonb_build_object('failure', jsonb_build_object('state', SQLSTATE, 'message', SQLERRM));
    END;
    PERFORM set_config('lock_timeout', lock_timeout_before, true);
    PERFORM set_config('statement_timeout', asked ->> 'statementTimeout', true);
    PERFORM set_config('calcom.credit', outcome::text, true);
  END
$credit$`;

const OUTCOME = `SELECT nullif(current_setting('calcom.credit', true), '') AS outcome`;
