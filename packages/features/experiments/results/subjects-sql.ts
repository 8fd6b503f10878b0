import type { Unit } from "../types";

/** In the words of the statistics that the planner keeps of it. */
const DAY = `(assignment."exposedAt" AT TIME ZONE 'UTC')::date`;

const COLUMNS = `assignment."id", assignment."variant", assignment."epoch", assignment."exposedAt", ${DAY} AS day,
      least(assignment."exposedAt" + make_interval(hours => $2::int), $3::timestamptz) AS until`;

/**
 * Who is a subject: the one place that says it, for every count and every metric. Parameters: $1 slug, $2 window in
 * hours, $3 end of the experiment or null.
 *
 * - `browser` (visitors alone): rows that are joined to a person, with the row that speaks for it
 * - `subject`: one row per person, by its first exposure; nobody who is imported or saw two variants
 *
 * What is found out of browsers after the end would change a result that was acted on: `isFrozenAtEnd` leaves it out.
 * Not materialized: a scan of the covering index each time is cheaper than a million rows put aside.
 */
export function subjectsSql(unit: Unit, { isFrozenAtEnd = false } = {}): string {
  if (unit !== "visitor")
    return `subject AS NOT MATERIALIZED (
    SELECT ${COLUMNS}, assignment."${unit}Id" AS key
    FROM "ExperimentVariant" AS assignment
    WHERE assignment."experimentSlug" = $1 AND assignment."assignmentType" <> 'IMPORTED'
  )`;
  return `joined AS MATERIALIZED (
    SELECT assignment."id", assignment."epoch", assignment."variant", assignment."exposedAt", assignment."assignedAt",
      link."userId" AS key, link."userId"::text AS person
    FROM "ExperimentVariant" AS assignment JOIN "VisitorLink" AS link ON link."visitorId" = assignment."visitorId"
    WHERE assignment."experimentSlug" = $1 AND assignment."assignmentType" <> 'IMPORTED'
      ${isFrozenAtEnd ? `AND ($3::timestamptz IS NULL OR link."linkedAt" < $3::timestamptz)` : ""}
    UNION ALL
    SELECT "id", "epoch", "variant", "exposedAt", "assignedAt", NULL, "metadata" ->> 'erasedPerson'
    FROM "ExperimentVariant"
    WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED' AND ${IS_ERASED} AND "metadata" ? 'erasedPerson'
  ), mixed AS MATERIALIZED (
    SELECT person FROM joined WHERE "exposedAt" IS NOT NULL GROUP BY person HAVING count(DISTINCT "variant") > 1
  ), browser AS MATERIALIZED (
    SELECT "id", "epoch", "variant", "exposedAt", key, mixed.person IS NOT NULL AS is_mixed,
      first_value("id") OVER (PARTITION BY joined.person ORDER BY "exposedAt" NULLS LAST, "assignedAt", "id") AS speaker
    FROM joined LEFT JOIN mixed ON mixed.person = joined.person
  ), subject AS NOT MATERIALIZED (
    SELECT ${COLUMNS}, browser.key
    FROM "ExperimentVariant" AS assignment LEFT JOIN browser ON browser."id" = assignment."id"
    WHERE assignment."experimentSlug" = $1 AND assignment."assignmentType" <> 'IMPORTED'
      AND (browser."id" IS NULL OR (browser.speaker = browser."id" AND NOT browser.is_mixed))
  )`;
}

/** In the words of a partial index, which finds the few such rows among millions. */
export const IS_ERASED = `num_nonnulls("userId", "teamId", "visitorId") = 0`;

/**
 * Conversions of subjects, in whichever of their browsers: `subject` has the columns of the first exposure. It is found
 * by the speaker's id, since joining a million rows with their people to find a few of them would take longer.
 */
export function conversionsOfSubjects(unit: Unit): string {
  const isPerson = unit === "visitor";
  return `FROM "ExperimentConversion" AS conversion
    ${isPerson ? `LEFT JOIN browser ON browser."id" = conversion."assignmentId"` : ""}
    JOIN "ExperimentVariant" AS assignment
      ON assignment."id" = ${isPerson ? `coalesce(browser.speaker, conversion."assignmentId")` : `conversion."assignmentId"`}
    CROSS JOIN LATERAL (SELECT ${COLUMNS}) AS subject
    WHERE conversion."experimentSlug" = $1 AND assignment."experimentSlug" = $1
      AND assignment."assignmentType" <> 'IMPORTED' ${isPerson ? "AND browser.is_mixed IS NOT TRUE" : ""}
      AND conversion."occurredAt" >= subject."exposedAt" AND conversion."occurredAt" < subject.until`;
}

/** Subjects by epoch, variant and day: all rows, less those that speak for nobody, which are few. */
export function populationSql(unit: Unit): string {
  const all = `SELECT "epoch", "variant", ${DAY} AS day, count(*)::int AS n
    FROM "ExperimentVariant" AS assignment
    WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED' GROUP BY "epoch", "variant", ${DAY}`;
  if (unit !== "visitor") return all;
  return `SELECT "epoch", "variant", day, sum(n)::int AS n FROM (
      ${all}
      UNION ALL
      SELECT "epoch", "variant", ${DAY} AS day, -count(*)::int
      FROM browser AS assignment WHERE speaker <> "id" OR is_mixed GROUP BY "epoch", "variant", ${DAY}
    ) AS part GROUP BY "epoch", "variant", day HAVING sum(n) > 0`;
}

export function mixedCountSql(unit: Unit): string {
  return unit === "visitor" ? `(SELECT count(*)::int FROM mixed)` : "0";
}

export const IMPORTED_COUNT = `(SELECT count(*)::int FROM "ExperimentVariant"
  WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED')`;
