import { statusSql } from "../sql/status-sql";

/** Each may be credited to many experiments, and one statement has to end in time. */
export const MAX_CREDITS = 25;

/**
 * Finds the rows to credit: one per conversion and experiment. `source` is a JSON array of at most so many conversions,
 * each with its position. A person with several browsers is represented by the one that was exposed first; the key may already be
 * stored with any of them. Of two conversions with equal event and key that reach one row, the second is `shared`: it has
 * to see what the first has stored, so it is not credited here.
 *
 * Each LATERAL is one look into an index, whatever the planner believes of the tables: a join that it may turn round
 * reads the conversions of everybody. How many conversions there are it takes from LIMIT: by the JSON it would guess a
 * hundred, and compile a plan that it believes to be that dear. Where it knew how many, it would plan each time anew,
 * which takes longer than the rest.
 */
export function buildCreditedSql(source: string, most: number): string {
  return `credit AS MATERIALIZED (
      SELECT *, least(
        to_timestamp("occurredAtMs" / 1000), clock_timestamp() - "waitedMs" * interval '1 millisecond'
      ) AS "occurredAt"
      FROM jsonb_to_recordset(${source}) AS credit (
        "position" int, "event" text, "key" text, "value" numeric, "occurredAtMs" float8, "waitedMs" float8,
        "userId" experiment_user_id, "visitorId" uuid, "teamId" experiment_team_id, "isMembershipNeeded" boolean, "slug" text, "exceptSlugs" jsonb
      ) LIMIT ${most}
    ), asking AS (
      SELECT credit."position", credit."visitorId", coalesce(credit."userId", own."userId") AS "personId",
        own."userId" AS "ownerId"
      FROM credit LEFT JOIN LATERAL (
        SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = credit."visitorId" LIMIT 1
      ) AS own ON true
    ), browser AS (
      SELECT "position", "visitorId" FROM asking
      WHERE "visitorId" IS NOT NULL AND ("ownerId" IS NULL OR "ownerId" = "personId")
      UNION
      SELECT asking."position", other."visitorId" FROM asking
      CROSS JOIN LATERAL (
        SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = asking."personId" OFFSET 0
      ) AS other
    ), found AS (
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
    ), mine AS (
      SELECT found.*, credit."event", credit."key", credit."value", credit."occurredAt", stored."isStored",
        found."visitorId" IS DISTINCT FROM credit."visitorId" AS "isOther",
        found."experimentSlug" = coalesce(credit."slug", found."experimentSlug")
          AND NOT credit."exceptSlugs" ? found."experimentSlug" AS "isAsked"
      FROM found JOIN credit USING ("position")
      LEFT JOIN LATERAL (
        SELECT true AS "isStored" FROM "ExperimentConversion" WHERE "assignmentId" = found."id"
          AND "conversionEvent" = credit."event" AND "idempotencyKey" = credit."key" LIMIT 1
      ) AS stored ON true
    ), reached AS MATERIALIZED (
      SELECT *, bool_or("isStored") OVER (PARTITION BY "position", "experimentSlug") IS TRUE AS "isKnown",
        bool_or("isLater") OVER (PARTITION BY "position") AS "isShared"
      FROM (SELECT *, "position" > min("position") OVER (PARTITION BY "id", "event", "key") AS "isLater" FROM mine) AS mine
    ), speaking AS (
      SELECT DISTINCT ON ("position", "experimentSlug") *
      FROM reached WHERE "isAsked" AND NOT "isKnown" AND NOT "isShared"
      ORDER BY "position", "experimentSlug", "exposedAt" NULLS LAST,
        CASE WHEN "exposedAt" IS NULL THEN "isOther" END, "assignedAt", "id"
    ), feature AS MATERIALIZED (
      SELECT reached."experimentSlug", stored.* FROM (SELECT DISTINCT "experimentSlug" FROM reached) AS reached
      CROSS JOIN LATERAL (
        SELECT ${statusSql('"Feature"')} AS status, "metadata" ->> 'endedAt' AS "endedAt"
        FROM "Feature" WHERE "slug" = reached."experimentSlug" LIMIT 1
      ) AS stored
    ), credited AS MATERIALIZED (
      SELECT speaking.* FROM speaking JOIN feature USING ("experimentSlug") WHERE CASE feature.status
        WHEN 'running' THEN true WHEN 'paused' THEN true WHEN 'off' THEN true
        WHEN 'concluded' THEN ${buildIsoSql('speaking."occurredAt"')} < feature."endedAt" COLLATE "C"
        WHEN 'archived' THEN ${buildIsoSql('speaking."occurredAt"')} < feature."endedAt" COLLATE "C"
        ELSE false END
    )`;
}

/** Stores what `credited` has found. */
export const RECORD_CREDITED = `
    INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
    SELECT "id", "event", "key", "value", "occurredAt" FROM credited ORDER BY "id", "event", "key"
    ON CONFLICT DO NOTHING`;

/**
 * The same for several conversions, and says of each in how many experiments it was new. Grouped, as a join of the rows
 * that it expects to be few would compare each with each.
 */
export function buildCreditManySql(source: string): string {
  return `${buildCreditedSql(source, MAX_CREDITS)}, stored AS (
      ${RECORD_CREDITED} RETURNING "assignmentId" AS id, "conversionEvent" AS event, "idempotencyKey" AS key
    ), recorded AS (
      SELECT "position", count(*)::int AS recorded FROM (
        SELECT min("position") AS "position" FROM (
          SELECT "id", "event", "key", "position" FROM credited UNION ALL SELECT *, NULL FROM stored
        ) AS either GROUP BY "id", "event", "key" HAVING count(*) = 2
      ) AS new GROUP BY "position"
    )
    SELECT credit."position", coalesce(recorded.recorded, 0) AS recorded, shared."position" IS NOT NULL AS "isShared"
    FROM credit LEFT JOIN recorded USING ("position")
    LEFT JOIN (SELECT DISTINCT "position" FROM reached WHERE "isShared") AS shared USING ("position")`;
}

/** As JavaScript writes it, to compare texts: the cast of one that is no time would fail for every experiment. */
function buildIsoSql(at: string): string {
  return `to_char(${at} AT TIME ZONE INTERVAL '0', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const ROWS = `SELECT "id", "experimentSlug", "visitorId", "exposedAt", "assignedAt" FROM "ExperimentVariant"`;
