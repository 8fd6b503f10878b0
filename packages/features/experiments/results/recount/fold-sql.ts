import type { Unit } from "../../types/settings";

/** In a row of "ExperimentFold": whether something has happened since that transactions of rows do not tell. */
export const IS_UPSET = `EXISTS (
    SELECT FROM "ExperimentUpset" AS upset WHERE upset."experimentSlug" = fold."experimentSlug"
      AND NOT pg_visible_in_snapshot(upset."upsetIn"::text::xid8, fold."snapshot"::pg_snapshot)
  )`;

/**
 * `statement` over the subjects whose counts may have changed since a snapshot, as they were then and as they are now.
 * Their rows are read once and given to it under the names of their tables, so that it counts what it counts of all:
 * in a list of WITH, such a name means the table up to and in its own part, and after it the part.
 *
 * Rows are looked up by arrays and not by joins: the planner knows nothing of how many they are.
 *
 * Its own parameters come first, the slug before all others. `at` is the number of the first of three more: the
 * transaction with which the snapshot ends, those that were open in it, and how many rows are too many to be read so.
 */
export function buildDeltaSql(unit: Unit, statement: string, at: number): string {
  const isNew = buildIsNew(at);
  const most = `$${at + 2}::int`;
  const wasThere = `"insertedIn" IS NULL OR NOT (${isNew("insertedIn")})`;
  return `WITH fresh AS MATERIALIZED (
    SELECT * FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND (${isNew("insertedIn")} OR ${isNew("exposedIn")})
    LIMIT ${most} + 1
  ), converted AS MATERIALIZED (
    SELECT DISTINCT "assignmentId" AS "id" FROM "ExperimentConversion"
    WHERE "experimentSlug" = $1 AND (${isNew("insertedIn")})
    LIMIT ${most} + 1
  ), ${unit === "visitor" ? buildPersonsSql(isNew("insertedIn")) : buildSubjectsSql()},
  "ExperimentConversion" AS MATERIALIZED (
    SELECT * FROM "ExperimentConversion" WHERE "assignmentId" = ANY(ARRAY(SELECT "id" FROM "ExperimentVariant"))
  ), touched AS (
    SELECT count(*)::int AS "subjects",
      greatest(count(*), (SELECT count(*) FROM fresh), (SELECT count(*) FROM converted)) > ${most} AS "isMany",
      coalesce(bool_or(num_nonnulls("userId", "teamId", "visitorId") = 0 AND "metadata" ? 'erasedPerson'), false) AS "hasErased"
    FROM "ExperimentVariant"
  )
  SELECT touched.*,
    CASE WHEN NOT "isMany" THEN (SELECT to_jsonb(counted) FROM (
      WITH ${unit === "visitor" ? `"VisitorLink" AS MATERIALIZED (SELECT * FROM "VisitorLink" WHERE ${wasThere}),` : ""}
      "ExperimentConversion" AS MATERIALIZED (SELECT * FROM "ExperimentConversion" WHERE ${wasThere}),
      "ExperimentVariant" AS MATERIALIZED (
        SELECT ${VARIANT_COLUMNS.map((name) => `"${name}"`).join(", ")},
          CASE WHEN "exposedIn" IS NULL OR NOT (${isNew("exposedIn")}) THEN "exposedAt" END AS "exposedAt"
        FROM "ExperimentVariant" WHERE ${wasThere}
      )
      SELECT * FROM (${statement}) AS all_of_them
    ) AS counted) END AS "then",
    CASE WHEN NOT "isMany" THEN (SELECT to_jsonb(counted) FROM (${statement}) AS counted) END AS "now"
  FROM touched`;
}

/** A row with what is new: the row is, or somebody's conversion. */
function buildSubjectsSql(): string {
  return `"ExperimentVariant" AS MATERIALIZED (
    SELECT * FROM fresh
    UNION ALL
    SELECT * FROM "ExperimentVariant" WHERE "id" = ANY(ARRAY(
      SELECT "id" FROM converted WHERE "id" NOT IN (SELECT "id" FROM fresh)
    ))
  )`;
}

/** A link is new too. And a person with what is new is counted again, with all of their browsers. */
function buildPersonsSql(isNew: string): string {
  return `others AS MATERIALIZED (
    SELECT * FROM "ExperimentVariant" WHERE "id" = ANY(ARRAY(
      SELECT "id" FROM (
        SELECT "id" FROM converted
        UNION
        SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "visitorId" = ANY(ARRAY(
          SELECT "visitorId" FROM "VisitorLink" WHERE ${isNew}
        ))
      ) AS found WHERE "id" NOT IN (SELECT "id" FROM fresh)
    ))
  ), visitor AS (
    SELECT "visitorId" FROM fresh UNION ALL SELECT "visitorId" FROM others
  ), linked AS MATERIALIZED (
    SELECT * FROM "VisitorLink" WHERE "visitorId" = ANY(ARRAY(SELECT "visitorId" FROM visitor))
  ), "VisitorLink" AS MATERIALIZED (
    SELECT * FROM linked
    UNION
    SELECT * FROM "VisitorLink" WHERE "userId" = ANY(ARRAY(SELECT "userId" FROM linked WHERE "isOneOfSeveral"))
  ), "ExperimentVariant" AS MATERIALIZED (
    SELECT * FROM fresh
    UNION ALL
    SELECT * FROM others
    UNION ALL
    SELECT * FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "visitorId" = ANY(ARRAY(
      SELECT "visitorId" FROM "VisitorLink" EXCEPT SELECT "visitorId" FROM linked
    ))
  )`;
}

const VARIANT_COLUMNS = [
  "id",
  "experimentSlug",
  "variant",
  "userId",
  "teamId",
  "visitorId",
  "assignmentType",
  "epoch",
  "assignedAt",
  "metadata",
  "isProvisional",
];

/** Whether a snapshot has not seen a transaction, as `pg_visible_in_snapshot` tells it, but by an index. */
function buildIsNew(at: number): (transaction: string) => string {
  return (transaction) =>
    `"${transaction}" >= $${at}::bigint OR "${transaction}" = ANY($${at + 1}::bigint[])`;
}
