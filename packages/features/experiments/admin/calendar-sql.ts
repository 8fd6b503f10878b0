import { statusSql, turnedOffSql } from "../sql/status-sql";
import { ATTENTION_SQL } from "./health-sql";
import { buildPersonSql, EVERYTHING, MATCHES, OWNER_ID, OWNERS, TAGS } from "./list-filter-sql";

/** What JavaScript reads: a page that names another day than it has fails with all its rows. */
const MOMENT =
  "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?Z$";

const buildMomentSql = (path: string) => `CASE
    WHEN feature."metadata" #>> '{${path}}' ~ '${MOMENT}' THEN feature."metadata" #>> '{${path}}' END`;

const STATUS = statusSql("feature");
const STARTED = buildMomentSql("startedAt");
const ENDED = buildMomentSql("endedAt");
const PLANNED_START = `CASE WHEN ${STATUS} = 'draft' THEN ${buildMomentSql("schedule,startAt")} END`;
const PLANNED_END = `CASE WHEN ${STATUS} IN ('draft', 'running') THEN ${buildMomentSql("schedule,stopAt")} END`;
const NOW = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/**
 * From when to when an experiment ran, runs, or is to run, as far as anybody has planned. Moments are compared as the
 * texts that they are stored as, which order as they do.
 */
const BEGIN = `coalesce("startedAt", "plannedStart") COLLATE "C"`;
const END = `(CASE WHEN status IN ('running', 'paused', 'off') THEN greatest(${NOW}, "plannedEnd")
         WHEN "startedAt" IS NULL THEN coalesce("plannedEnd", "plannedStart")
         ELSE coalesce("endedAt", "startedAt") END) COLLATE "C"`;
const SPAN = `${STATUS} AS status, ${STARTED} AS "startedAt", ${ENDED} AS "endedAt",
       ${PLANNED_START} AS "plannedStart", ${PLANNED_END} AS "plannedEnd"`;

/** Since the log was begun, each moment at which an experiment changed its status, the earliest first. */
const buildStepsSql = (
  slug: string,
) => `(SELECT coalesce(jsonb_agg(jsonb_build_object('at', ${isoSql('step."at"')},
           'status', step.status) ORDER BY step."id"), '[]')
         FROM (SELECT "id", "at", "after" #>> '{metadata,status}' AS status FROM "AuditLog"
           WHERE "tableName" = 'Feature' AND "rowKey" = ${slug} AND "action" = 'UPDATE'
             AND "before" #>> '{metadata,status}' IS DISTINCT FROM "after" #>> '{metadata,status}'
           ORDER BY "id" DESC LIMIT 100) AS step)`;

/** Nobody plans for ten years. */
const buildExpectedEndSql = (
  slug: string,
) => `(SELECT ${isoSql(`health."asOf" + health."daysToGo" * interval '1 day'`)}
         FROM "ExperimentHealth" AS health
         WHERE health."experimentSlug" = ${slug} AND health."daysToGo" BETWEEN 1 AND 3650)`;

const IS_PAST_END = `(page.status = 'running' AND EXISTS (SELECT 1 FROM attention
           WHERE attention."slug" = page."slug" AND 'past_end' = ANY (attention."problems")))`;

/** What `findReached` reads of the newest result. */
const buildReachedSql = (slug: string) => `(SELECT jsonb_build_object(
             'exposures', "result" #> '{series,exposures}', 'plannedSubjects', "result" -> 'plannedSubjects',
             'windowDays', "result" -> 'windowDays', 'minimumDays', "result" #> '{settings,minimumRuntimeDays}')
           FROM "ExperimentResult" WHERE "experimentSlug" = ${slug} AND NOT "isReceipt" ORDER BY "asOf" DESC LIMIT 1)`;

function isoSql(at: string): string {
  return `to_char((${at}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The first start of what ran since $1, and the last planned step; whatever the calendar is filtered by. */
export const EXTENT_SQL = `SELECT min(${BEGIN}) FILTER (WHERE ${END} >= $1) AS earliest,
     max(greatest("plannedStart", "plannedEnd")) AS latest
   FROM (SELECT ${SPAN} FROM "Feature" AS feature WHERE feature."type" = 'EXPERIMENT') AS spans`;

/**
 * What ran, or is to run, between $9 and $10, the latest start first, and what there is to filter by; the other
 * parameters are those of the list.
 */
export const CALENDAR_SQL = `WITH attention AS MATERIALIZED (${ATTENTION_SQL}), matching AS MATERIALIZED (
     SELECT feature."slug", coalesce(feature."metadata" ->> 'name', feature."slug") AS name,
       ${OWNER_ID} AS "ownerId", ${turnedOffSql("feature")} AS "isTurnedOff", ${SPAN}
     FROM "Feature" AS feature WHERE ${MATCHES}
   ), within AS MATERIALIZED (
     SELECT *, ${BEGIN} AS "begin" FROM matching WHERE ${BEGIN} < $10 AND ${END} >= $9
   ), ${EVERYTHING}
   SELECT (SELECT count(*)::int FROM within) AS total, (SELECT count(*)::int FROM everything) AS overall,
     ${TAGS},
     ${OWNERS},
     (SELECT jsonb_agg(to_jsonb(listed)) FROM (
       SELECT page."slug", page.name, page.status, page."isTurnedOff", owner."name" AS "ownerName", page."startedAt", page."endedAt",
         page."plannedStart", page."plannedEnd",
         CASE WHEN page.status = 'running' AND page."plannedEnd" IS NULL
           THEN ${buildExpectedEndSql('page."slug"')} END AS "expectedEnd",
         ${IS_PAST_END} AS "isPastEnd",
         CASE WHEN ${IS_PAST_END} THEN ${buildReachedSql('page."slug"')} END AS reached,
         CASE WHEN page."startedAt" IS NULL THEN '[]' ELSE ${buildStepsSql('page."slug"')} END AS steps
       FROM (SELECT * FROM within ORDER BY "begin" COLLATE "C" DESC, "slug" LIMIT $5 OFFSET $6) AS page
       LEFT JOIN ${buildPersonSql('page."ownerId"')} AS owner ON true
       ORDER BY page."begin" COLLATE "C" DESC, page."slug"
     ) AS listed) AS rows`;
