import type { Unit } from "../../types/settings";

// Not 'UTC': Postgres looks that name up for each row. The statistics object "ExperimentVariant_exposure_day" must have
// the same expression, or the planner misestimates.
const buildDaySql = (exposedAt: string) => `(${exposedAt} AT TIME ZONE INTERVAL '0')::date`;

/** Without an end the bare column is compared, so that the planner can use its index and statistics. */
const EXPOSED_AT = `CASE WHEN $3::timestamptz IS NULL OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt" END`;

/** Ignores rows written after the end, by requests in flight or by nodes that had not heard of it yet. */
const IS_COUNTED = `"assignmentType" <> 'IMPORTED' AND ($3::timestamptz IS NULL OR "assignedAt" < $3::timestamptz)`;

const buildColumnsSql = (exposedAt: string) =>
  `assignment."id", assignment."variant", assignment."epoch", ${exposedAt} AS "exposedAt", ${buildDaySql(exposedAt)} AS day,
      least(${exposedAt} + make_interval(hours => $2::int), $3::timestamptz) AS until`;

/**
 * Defines who is a subject, for every count and every metric. Parameters: $1 slug, $2 window in
 * hours, $3 end of the experiment or null.
 *
 * - `provisional` (only visitors): rows whose visitor's cookie has not come back
 * - `joined` (only visitors): rows of persons with several browsers; their links are marked
 * - `silent` (only visitors): rows that an earlier row of the same person replaces, and provisional ones
 * - `subject`: one row per person, by first exposure, without imported rows
 *
 * A person who saw two variants in two browsers counts for the first, which was assigned at random. Excluding them would
 * bias an uneven split: more of them would stay in the larger variant, and they differ from others (decision 19).
 *
 * With `among`, an array of ids, only those of them are subjects.
 *
 * Links made after the end would change a result that was acted on: `isFrozenAtEnd` ignores them.
 * Not materialized: scanning the covering index again is cheaper than storing a million rows. Only queries for facts
 * read the table, through an index of the rows that have any.
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
  return `provisional AS MATERIALIZED (
    SELECT "id", "epoch", "variant" FROM "ExperimentVariant"
    WHERE "experimentSlug" = $1 AND ${IS_COUNTED} AND ${IS_PROVISIONAL}
  ), joined AS MATERIALIZED (
    SELECT assignment."id", assignment."epoch", assignment."variant", ${EXPOSED_AT} AS "exposedAt", assignment."assignedAt",
      link."userId"::text AS person
    FROM "ExperimentVariant" AS assignment JOIN "VisitorLink" AS link ON ${isLinked}
    WHERE assignment."experimentSlug" = $1 AND ${IS_COUNTED} AND link."isOneOfSeveral"
      AND assignment."id" NOT IN (SELECT "id" FROM provisional)
    UNION ALL
    SELECT "id", "epoch", "variant", ${EXPOSED_AT}, "assignedAt", "metadata" ->> 'erasedPerson'
    FROM "ExperimentVariant" AS assignment
    WHERE "experimentSlug" = $1 AND ${IS_COUNTED} AND ${IS_ERASED} AND "metadata" ? 'erasedPerson'
      AND "id" NOT IN (SELECT "id" FROM provisional)
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
    UNION ALL
    SELECT "id", "epoch", "variant", NULL, NULL, false, "id", "epoch", "variant", NULL FROM provisional
  ), subject AS NOT MATERIALIZED (
    SELECT ${buildColumnsSql(EXPOSED_AT)}, assignment."metadata" AS facts, link."userId" AS key, link."linkedAt"
    FROM "ExperimentVariant" AS assignment
    LEFT JOIN "VisitorLink" AS link ON ${isLinked}
    LEFT JOIN silent ON silent."id" = assignment."id"
    WHERE assignment."experimentSlug" = $1 AND ${IS_COUNTED} AND silent."id" IS NULL${isAmong}
  )`;
}

/**
 * Written as `expression = constant`: the planner then expects few rows. For a comparison of two columns it expects
 * nearly all, and would hash all conversions instead of these few rows.
 */
const IS_SILENT = `CASE WHEN speaker <> "id" THEN 1 ELSE 0 END = 1`;

/** The exact condition of a partial index, as is the next one: each finds the few such rows among millions. */
export const IS_PROVISIONAL = `"isProvisional" AND "exposedAt" IS NULL`;

export const IS_ERASED = `num_nonnulls("userId", "teamId", "visitorId") = 0`;

/**
 * Conversions of subjects in any of their browsers; `subject` has the columns of the first exposure. Each conversion is
 * joined to its own row by plain columns, for which the planner has good estimates. Rows of persons with several
 * browsers are replaced by the person's first row afterwards.
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

/** Subjects by epoch, variant and day: all rows minus the few silent ones. */
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
