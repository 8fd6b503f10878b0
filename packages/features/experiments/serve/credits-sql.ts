import { statusSql } from "../sql/status-sql";

/**
 * Credits one row per conversion and experiment; `source` is a JSON array of conversions, each with its position. A
 * person with several browsers is represented by the one that was exposed first; the key may already be stored with any
 * of them. No two of the conversions may have event and key in common.
 *
 * Each LATERAL is one look into an index, whatever the planner believes of the tables: a join that it may turn round
 * reads the conversions of everybody. The planner takes the JSON for a hundred rows, whatever it holds: where it knew
 * how many, it would plan each time anew, which takes longer than the rest.
 */
export function buildCreditSql(source: string): string {
  return `credit AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${source}) AS credit (
        "position" int, "event" text, "key" text, "value" numeric, "occurredAtMs" float8, "waitedMs" float8,
        "userId" experiment_user_id, "visitorId" uuid, "teamId" experiment_team_id, "isMembershipNeeded" boolean, "slug" text, "exceptSlugs" jsonb
      )
    ), moment AS MATERIALIZED (
      SELECT "position", least(
        to_timestamp("occurredAtMs" / 1000), clock_timestamp() - "waitedMs" * interval '1 millisecond'
      ) AS "occurredAt" FROM credit
    ), browser AS (
      SELECT "position", "visitorId" FROM credit WHERE "visitorId" IS NOT NULL
      UNION
      SELECT credit."position", other."visitorId" FROM credit
      LEFT JOIN LATERAL (
        SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = credit."visitorId" LIMIT 1
      ) AS own ON true
      CROSS JOIN LATERAL (
        SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = coalesce(credit."userId", own."userId") OFFSET 0
      ) AS other
    ), mine AS MATERIALIZED (
      SELECT credit."position", assignment.* FROM credit
      CROSS JOIN LATERAL (${ROWS} WHERE "userId" = credit."userId" OFFSET 0) AS assignment
      UNION ALL
      SELECT credit."position", assignment.* FROM credit
      LEFT JOIN LATERAL (
        SELECT true AS "isMember" FROM "experiment_host_memberships" AS joined
        WHERE joined."user_id" = credit."userId" AND joined."team_id" = credit."teamId" LIMIT 1
      ) AS membership ON credit."isMembershipNeeded"
      CROSS JOIN LATERAL (${ROWS} WHERE "teamId" = credit."teamId" OFFSET 0) AS assignment
      WHERE NOT credit."isMembershipNeeded" OR membership."isMember"
      UNION ALL
      SELECT browser."position", assignment.* FROM browser
      CROSS JOIN LATERAL (${ROWS} WHERE "visitorId" = browser."visitorId" OFFSET 0) AS assignment
    ), known AS MATERIALIZED (
      SELECT mine."position", mine."experimentSlug" FROM credit JOIN mine USING ("position") CROSS JOIN LATERAL (
        SELECT FROM "ExperimentConversion" WHERE "assignmentId" = mine."id"
          AND "conversionEvent" = credit."event" AND "idempotencyKey" = credit."key" LIMIT 1
      ) AS conversion
    ), speaking AS (
      SELECT DISTINCT ON (mine."position", mine."experimentSlug") mine."position", mine."id", mine."experimentSlug"
      FROM credit JOIN mine USING ("position")
      WHERE mine."experimentSlug" = coalesce(credit."slug", mine."experimentSlug")
        AND NOT credit."exceptSlugs" ? mine."experimentSlug"
      ORDER BY mine."position", mine."experimentSlug", mine."exposedAt" NULLS LAST,
        CASE WHEN mine."exposedAt" IS NULL THEN mine."visitorId" IS DISTINCT FROM credit."visitorId" END,
        mine."assignedAt", mine."id"
    ), credited AS (
      SELECT speaking."position", speaking."id" FROM moment JOIN speaking USING ("position")
      CROSS JOIN LATERAL (SELECT * FROM "Feature" WHERE "slug" = speaking."experimentSlug" LIMIT 1) AS feature
      WHERE NOT EXISTS (
          SELECT FROM known
          WHERE known."position" = speaking."position" AND known."experimentSlug" = speaking."experimentSlug"
        )
        AND CASE ${statusSql("feature")}
          WHEN 'running' THEN true WHEN 'paused' THEN true WHEN 'off' THEN true
          WHEN 'concluded' THEN ${buildIsoSql('moment."occurredAt"')} < (feature."metadata" ->> 'endedAt') COLLATE "C"
          WHEN 'archived' THEN ${buildIsoSql('moment."occurredAt"')} < (feature."metadata" ->> 'endedAt') COLLATE "C"
          ELSE false END
    )
    INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
    SELECT credited."id", credit."event", credit."key", credit."value", moment."occurredAt"
    FROM credited JOIN credit USING ("position") JOIN moment USING ("position")
    ORDER BY credited."id", credit."event", credit."key"
    ON CONFLICT DO NOTHING`;
}

/** As JavaScript writes it, to compare texts: the cast of one that is no time would fail for every experiment. */
function buildIsoSql(at: string): string {
  return `to_char(${at} AT TIME ZONE INTERVAL '0', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const ROWS = `SELECT "id", "experimentSlug", "visitorId", "exposedAt", "assignedAt" FROM "ExperimentVariant"`;
