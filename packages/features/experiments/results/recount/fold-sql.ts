import type { Unit } from "../../types/settings";

// What has changed since a snapshot, by the transactions that rows name. Rows of before they did name none.

/** $1 slug, $2 snapshot, $3 the most: ids of the rows whose counts may have changed, one more than the most if there are more. */
export function buildTouchedSql(unit: Unit): string {
  // One after the other: an index finds what is new by either, and not by both.
  const touched = [
    ["id", "ExperimentVariant", "insertedIn"],
    ["id", "ExperimentVariant", "exposedIn"],
    ["assignmentId", "ExperimentConversion", "insertedIn"],
  ]
    .map(
      ([id, table, transaction]) => `SELECT "${id}" AS "id" FROM "${table}"
      WHERE "experimentSlug" = $1 AND "${transaction}" >= ${FIRST} AND ${isNew(`"${transaction}"`)}`,
    )
    .join(" UNION ");
  if (unit !== "visitor") return `SELECT "id" FROM (${touched}) AS touched LIMIT $3 + 1`;
  // A person with a new row is counted again, with all of their browsers.
  return `WITH touched AS MATERIALIZED (
    ${touched}
    UNION
    SELECT own."id" FROM "VisitorLink" AS link
      JOIN "ExperimentVariant" AS own ON own."visitorId" = link."visitorId" AND own."experimentSlug" = $1
      WHERE link."insertedIn" >= ${FIRST} AND ${isNew('link."insertedIn"')}
  ), person AS MATERIALIZED (
    SELECT DISTINCT link."userId" FROM touched
    JOIN "ExperimentVariant" AS own ON own."id" = touched."id"
    JOIN "VisitorLink" AS link ON link."visitorId" = own."visitorId"
    WHERE link."isOneOfSeveral"
  )
  SELECT "id" FROM (
    SELECT "id" FROM touched
    UNION
    SELECT own."id" FROM person JOIN "VisitorLink" AS link ON link."userId" = person."userId"
      JOIN "ExperimentVariant" AS own ON own."visitorId" = link."visitorId" AND own."experimentSlug" = $1
  ) AS closed LIMIT $3 + 1`;
}

/** $1 slug, $2 snapshot: whether something has happened since that transactions of rows do not tell. */
export const IS_UPSET_SQL = `SELECT EXISTS (
    SELECT FROM "ExperimentUpset" WHERE "experimentSlug" = $1 AND ${isNew('"upsetIn"')}
  ) AS "isUpset"`;

/**
 * `statement` over the rows of some subjects, as they were in a snapshot and as they are now. The rows are given to it
 * under the names of their tables, so that it counts what it counts of all. Its own parameters come first, and then
 * the slug's rows and the snapshot, `at` being the number of the first of these two.
 */
export function buildDeltaSql(statement: string, at: number): string {
  const snapshot = `$${at + 1}`;
  const wasThere = (row: string) => `NOT coalesce(${isNew(`${row}."insertedIn"`, snapshot)}, false)`;
  const over = (isThen: boolean) => {
    const there = (row: string) => (isThen ? `WHERE ${wasThere(row)}` : "");
    const exposedAt = isThen
      ? `CASE WHEN NOT coalesce(${isNew('now_variant."exposedIn"', snapshot)}, false) THEN now_variant."exposedAt" END AS "exposedAt"`
      : `now_variant."exposedAt"`;
    const shadows = `"ExperimentVariant" AS MATERIALIZED (
      SELECT ${VARIANT_COLUMNS.map((name) => `now_variant."${name}"`).join(", ")}, ${exposedAt}
      FROM now_variant ${there("now_variant")}
    ), "ExperimentConversion" AS MATERIALIZED (SELECT * FROM now_conversion ${there("now_conversion")}),
    "VisitorLink" AS MATERIALIZED (SELECT * FROM now_link ${there("now_link")})`;
    return `(SELECT to_jsonb(counted) FROM (${statement.replace(/^\s*WITH /, `WITH ${shadows}, `)}) AS counted)`;
  };
  return `WITH now_variant AS MATERIALIZED (
    SELECT * FROM "ExperimentVariant" WHERE "id" = ANY($${at}::uuid[])
  ), now_conversion AS MATERIALIZED (
    SELECT * FROM "ExperimentConversion" WHERE "assignmentId" = ANY($${at}::uuid[])
  ), now_link AS MATERIALIZED (
    SELECT * FROM "VisitorLink" WHERE "visitorId" = ANY(ARRAY(SELECT "visitorId" FROM now_variant))
  )
  SELECT ${over(true)} AS "then", ${over(false)} AS "now",
    EXISTS (
      SELECT FROM now_variant WHERE num_nonnulls("userId", "teamId", "visitorId") = 0 AND "metadata" ? 'erasedPerson'
    ) AS "hasErased"`;
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

/** No transaction before it was open in the snapshot. */
const FIRST = `pg_snapshot_xmin($2::pg_snapshot)::text::bigint`;

/** Null for rows of before they named their transaction. */
function isNew(transaction: string, snapshot = "$2"): string {
  return `NOT pg_visible_in_snapshot(${transaction}::text::xid8, ${snapshot}::pg_snapshot)`;
}
