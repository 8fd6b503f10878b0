import { patienceSql } from "../sql/coalesced-writes";

/** The most that a report is under way, and that a clock is believed to be off. */
export const MAX_AGE_MS = 5 * 60_000;
/** The most that a page keeps a conversion over an outage. */
const MAX_KEPT_MS = 72 * 60 * 60_000;

/** The number of members when the team was first exposed, which the analysis of teams needs. */
const MEMBER_COUNT = `CASE WHEN assignment."teamId" IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('memberCount', (
  SELECT count(*) FROM "experiment_host_memberships" WHERE "team_id" = assignment."teamId"
)) END`;

/** When a conversion arrived, though it waited for its turn. */
const ARRIVED = "(clock_timestamp() - waited_ms * interval '1 millisecond')";

function subtractAgeSql(ageMs: string, from = "clock_timestamp()", mostMs = MAX_AGE_MS): string {
  return `${from} - least(greatest(${ageMs}, 0), ${mostMs}) * interval '1 millisecond'`;
}

/**
 * Rows are locked in one order, or two batches could each hold a row that the other one needs. The lock is a weak
 * one: a conversion points at such a row, may be part of a long transaction, and must not block it. `IS TRUE` keeps
 * the planner from an index on `exposedAt`: with old statistics it would read everybody's unseen rows.
 */
export const EXPOSE = `WITH ${patienceSql("$4")}, seen AS (
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
   RETURNING assignment."id"`;

/** One that was kept over an outage is never older than the exposure: what happened before that would not count. */
export const CONVERT = `WITH ${patienceSql("$7")}
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
   ON CONFLICT DO NOTHING RETURNING "assignmentId", "conversionEvent" AS event, "idempotencyKey" AS key`;
