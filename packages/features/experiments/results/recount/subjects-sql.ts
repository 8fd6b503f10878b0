import type { Unit } from "../../types/settings";

// Not 'UTC': Postgres looks that name up for each row. The statistics object "ExperimentVariant_exposure_day" must have
// the same expression, or the planner misestimates.
const buildDaySql = (exposedAt: string) => `(${exposedAt} AT TIME ZONE INTERVAL '0')::date`;

/** Of an experiment without an end the planner sees the bare column, and has its index and statistics. */
const EXPOSED_AT = `CASE WHEN $3::timestamptz IS NULL OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt" END`;

/** What was written after the end, by requests that were under way or by nodes that had not heard of it yet, is not there. */
const IS_COUNTED = `"assignmentType" <> 'IMPORTED' AND ($3::timestamptz IS NULL OR "assignedAt" < $3::timestamptz)`;

const buildColumnsSql = (exposedAt: string) =>
  `assignment."id", assignment."variant", assignment."epoch", ${exposedAt} AS "exposedAt", ${buildDaySql(exposedAt)} AS day,
      least(${exposedAt} + make_interval(hours => $2::int), $3::timestamptz) AS until`;

/**
 * Who is a subject: the one place that says it, for every count and every metric. Parameters: $1 slug, $2 window in
 * hours, $3 end of the experiment or null.
 *
 * - `joined` (visitors alone): rows of persons who have several browsers, which their links are marked with
 * - `silent` (visitors alone): the few of them for which another row of the person speaks
 * - `subject`: one row per person, by its first exposure; nobody who is imported
 *
 * Whoever saw two variants in two browsers counts for the first, which was drawn at random; to leave them out would
 * keep more of them in the variant with the larger share, and they differ from others (decision 19).
 *
 * With `among`, an array of ids, only those of them are subjects.
 *
 * What is found out of browsers after the end would change a result that was acted on: `isFrozenAtEnd` leaves it out.
 * Not materialized: a scan of the covering index each time is cheaper than a million rows put aside. Only who asks for
 * facts reads the rows themselves, and finds those that have any by an index of their own.
 */
export function buildSubjectsSql(
  unit: Unit,
  { isFrozenAtEnd = false, among = null }: { isFrozenAtEnd?: boolean; among?: string | null } = {},
): string {
  const isAmong = among === null ? "" : ` AND assignment."id" = ANY (${among})`;
  if (unit !== "visitor")
    return `subject AS NOT MATERIALIZED (
    SELECT ${buildColumnsSql(EXPOSED_AT)}, assignment."metadata" AS facts, assignment."${unit}Id" AS key
    FROM "ExperimentVariant" AS assignment
    WHERE assignment."experimentSlug" = $1 AND ${IS_COUNTED}${isAmong}
  )`;
  const isLinked = `link."visitorId" = assignment."visitorId"${
    isFrozenAtEnd ? ` AND ($3::timestamptz IS NULL OR link."linkedAt" < $3::timestamptz)` : ""
  }`;
  return `joined AS MATERIALIZED (
    SELECT assignment."id", assignment."epoch", assignment."variant", ${EXPOSED_AT} AS "exposedAt", assignment."assignedAt",
      link."userId"::text AS person
    FROM "ExperimentVariant" AS assignment JOIN "VisitorLink" AS link ON ${isLinked}
    WHERE assignment."experimentSlug" = $1 AND ${IS_COUNTED} AND link."isOneOfSeveral"
    UNION ALL
    SELECT "id", "epoch", "variant", ${EXPOSED_AT}, "assignedAt", "metadata" ->> 'erasedPerson'
    FROM "ExperimentVariant" AS assignment
    WHERE "experimentSlug" = $1 AND ${IS_COUNTED} AND ${IS_ERASED} AND "metadata" ? 'erasedPerson'
  ), silent AS MATERIALIZED (
    SELECT * FROM (
      SELECT "id", "epoch", "variant", "exposedAt", person,
        coalesce(min("variant") FILTER (WHERE "exposedAt" IS NOT NULL) OVER everywhere
          <> max("variant") FILTER (WHERE "exposedAt" IS NOT NULL) OVER everywhere, false) AS is_mixed,
        first_value("id") OVER everywhere AS speaker, first_value("epoch") OVER everywhere AS "firstEpoch",
        first_value("variant") OVER everywhere AS "firstVariant", first_value("exposedAt") OVER everywhere AS "firstExposedAt"
      FROM joined WHERE person IN (SELECT person FROM joined GROUP BY person HAVING count(*) > 1)
      WINDOW everywhere AS (
        PARTITION BY person ORDER BY "exposedAt" NULLS LAST, "assignedAt", "id"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      )
    ) AS browser WHERE ${IS_SILENT}
  ), subject AS NOT MATERIALIZED (
    SELECT ${buildColumnsSql(EXPOSED_AT)}, assignment."metadata" AS facts, link."userId" AS key, link."linkedAt"
    FROM "ExperimentVariant" AS assignment
    LEFT JOIN "VisitorLink" AS link ON ${isLinked}
    LEFT JOIN silent ON silent."id" = assignment."id"
    WHERE assignment."experimentSlug" = $1 AND ${IS_COUNTED} AND silent."id" IS NULL${isAmong}
  )`;
}

/**
 * Of a comparison of two columns the planner believes that nearly all rows pass it, and would rather hash all
 * conversions than these few rows; of an expression that equals a constant, that hardly any does.
 */
const IS_SILENT = `CASE WHEN speaker <> "id" THEN 1 ELSE 0 END = 1`;

/** In the words of a partial index, which finds the few such rows among millions. */
export const IS_ERASED = `num_nonnulls("userId", "teamId", "visitorId") = 0`;

/**
 * Conversions of subjects, in whichever of their browsers: `subject` has the columns of the first exposure. Each is
 * joined to its own row by plain columns, of which the planner knows that conversions are the fewer; only then is
 * the speaker of the few with a person put in its place.
 */
export function buildConversionsSql(unit: Unit): string {
  const isPerson = unit === "visitor";
  return `FROM "ExperimentConversion" AS conversion
    JOIN "ExperimentVariant" AS own ON own."id" = conversion."assignmentId"
    ${isPerson ? SPEAKER_OF_OWN : `CROSS JOIN LATERAL (SELECT own.*) AS assignment`}
    CROSS JOIN LATERAL (SELECT ${buildColumnsSql(`assignment."exposedAt"`)}) AS subject
    WHERE conversion."experimentSlug" = $1 AND own."experimentSlug" = $1 AND own."assignmentType" <> 'IMPORTED'
      AND conversion."occurredAt" >= subject."exposedAt" AND conversion."occurredAt" < subject.until`;
}

const SPEAKER_OF_OWN = `LEFT JOIN silent ON silent."id" = own."id"
    CROSS JOIN LATERAL (SELECT coalesce(silent.speaker, own."id") AS "id",
      CASE WHEN silent."id" IS NULL THEN own."epoch" ELSE silent."firstEpoch" END AS "epoch",
      CASE WHEN silent."id" IS NULL THEN own."variant" ELSE silent."firstVariant" END AS "variant",
      CASE WHEN silent."id" IS NULL THEN own."exposedAt" ELSE silent."firstExposedAt" END AS "exposedAt"
    ) AS assignment`;

/** Subjects by epoch, variant and day: all rows, less those that speak for nobody, which are few. */
export function buildPopulationSql(unit: Unit): string {
  const day = buildDaySql(EXPOSED_AT);
  const all = `SELECT "epoch", "variant", ${day} AS day, count(*)::int AS n
    FROM "ExperimentVariant" AS assignment WHERE "experimentSlug" = $1 AND ${IS_COUNTED}
    GROUP BY "epoch", "variant", ${day}`;
  if (unit !== "visitor") return all;
  return `SELECT "epoch", "variant", day, sum(n)::int AS n FROM (
      ${all}
      UNION ALL
      SELECT "epoch", "variant", ${buildDaySql(`"exposedAt"`)} AS day, -count(*)::int
      FROM silent GROUP BY "epoch", "variant", ${buildDaySql(`"exposedAt"`)}
    ) AS part GROUP BY "epoch", "variant", day HAVING sum(n) > 0`;
}

export function buildMixedCountSql(unit: Unit): string {
  return unit === "visitor" ? `(SELECT count(DISTINCT person)::int FROM silent WHERE is_mixed)` : "0";
}

export const IMPORTED_COUNT = `(SELECT count(*)::int FROM "ExperimentVariant"
  WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED')`;
