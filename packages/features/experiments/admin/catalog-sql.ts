import { statusSql } from "../sql/status-sql";
import type { ListSort } from "../types/admin";

/**
 * A page of the list, the number of all matches and all owners. $1 text, $2 status, $3 unit, $4 owner, $5 limit,
 * $6 offset.
 */
export function listSql(sort: ListSort): string {
  const order = ORDERS[sort];
  // Subjects are counted for the page alone, unless the list is sorted by them: counting those of 5,000 experiments to
  // show 25 would be a waste.
  const isByCount = sort === "subjects";
  return `WITH matching AS MATERIALIZED (
     SELECT feature."slug", feature."updatedAt", feature."createdAt",
       lower(coalesce(feature."metadata" ->> 'name', feature."slug")) AS name
       ${isByCount ? `, ${countSubjectsSql('feature."slug"')} AS subjects` : ""}
     FROM "Feature" AS feature
     WHERE feature."type" = 'EXPERIMENT'
       AND ($1::text IS NULL OR feature."slug" ILIKE $1 OR feature."metadata" ->> 'name' ILIKE $1)
       AND ($2::text IS NULL OR ${statusSql("feature")} = $2)
       AND ($3::text IS NULL OR coalesce(feature."metadata" ->> 'unit', 'user') = $3)
       AND ($4::text IS NULL OR feature."metadata" ->> 'ownerId' = $4)
   ), page AS (
     SELECT "slug"${isByCount ? ", subjects" : ""}, row_number() OVER (ORDER BY ${order}) AS position
     FROM matching ORDER BY ${order} LIMIT $5 OFFSET $6
   )
   SELECT (SELECT count(*)::int FROM matching) AS total,
     (SELECT count(*)::int FROM "Feature" WHERE "type" = 'EXPERIMENT') AS overall,
     (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', owner."id", 'name', owner."name")), '[]')
      FROM "Feature" AS feature JOIN "User" AS owner ON owner."id"::text = feature."metadata" ->> 'ownerId'
      WHERE feature."type" = 'EXPERIMENT') AS owners,
     (SELECT jsonb_agg(to_jsonb(listed) ORDER BY listed.position) FROM (
       ${DESCRIBED}, ${isByCount ? "page.subjects" : countSubjectsSql('page."slug"')} AS assignments,
         ${countRecentSql('page."slug"')} AS "recentExposures",
         ${splitOffSql('page."slug"')} AS "splitOff", ${splitOffInSql('page."slug"')} AS "splitOffIn", page.position
       FROM ${FEATURE_AND_PEOPLE} JOIN page ON page."slug" = feature."slug"
     ) AS listed) AS rows`;
}

const DESCRIBED = `SELECT feature."slug", feature."enabled", feature."metadata", feature."version",
  coalesce(feature."description", '') AS description, feature."updatedAt", feature."updatedBy" AS "updatedById",
  editor."name" AS "updatedByName", owner."id" AS "ownerId", owner."name" AS "ownerName"`;

const FEATURE_AND_PEOPLE = `"Feature" AS feature
  LEFT JOIN "User" AS editor ON editor."id" = feature."updatedBy"
  LEFT JOIN "User" AS owner ON owner."id" = CASE
    WHEN feature."metadata" ->> 'ownerId' ~ '^[0-9]{1,9}$' THEN (feature."metadata" ->> 'ownerId')::int END`;

/** The recount's index serves this. */
const countRecentSql = (slug: string) => `(
  SELECT count(*)::int FROM "ExperimentVariant" AS recent
  WHERE recent."experimentSlug" = ${slug} AND recent."exposedAt" > now() - interval '24 hours'
    AND recent."assignmentType" <> 'IMPORTED'
)`;

const splitOffSql = (slug: string) => `(
  SELECT CASE newest."result" #>> '{analysis,split,status}' WHEN 'off' THEN jsonb_build_object(
    'p', newest."result" #> '{analysis,split,p}', 'variants', newest."result" #> '{analysis,split,variants}') END
  FROM "ExperimentResult" AS newest
  WHERE newest."experimentSlug" = ${slug} ORDER BY newest."asOf" DESC LIMIT 1
)`;

const splitOffInSql = (slug: string) => `(
  SELECT coalesce((SELECT jsonb_agg(jsonb_build_object('fact', segment -> 'fact', 'value', segment -> 'value')
      ORDER BY (segment ->> 'pAdjusted')::float8, place)
    FROM jsonb_path_query(newest."result", '$.analysis.split.bySegment[*] ? (@.status == "off")')
      WITH ORDINALITY AS segment (segment, place)), '[]')
  FROM (SELECT (SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = ${slug}
    ORDER BY "asOf" DESC LIMIT 1) AS "result") AS newest
)`;

/**
 * In the order of the recount's index, so that no other way of reading is as cheap: the planner may believe that any
 * experiment has most of the rows, and would read the whole table for each of them.
 */
const countSubjectsSql = (slug: string) => `(
  SELECT count(*)::int FROM (
    SELECT FROM "ExperimentVariant" WHERE "experimentSlug" = ${slug} ORDER BY "exposedAt"
  ) AS subject
)`;

/** In the columns of `matching`. The slug breaks ties. */
const ORDERS: Record<ListSort, string> = {
  changed: `"updatedAt" DESC, "slug"`,
  created: `"createdAt" DESC, "slug"`,
  name: `name, "slug"`,
  subjects: `subjects DESC, "slug"`,
};

/** One experiment, $1: of a constant the planner knows how many rows it has. */
export const DESCRIBE_SQL = `SELECT page.*, (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS assignments,
   ${countRecentSql("$1")} AS "recentExposures",
   ${splitOffSql("$1")} AS "splitOff", ${splitOffInSql("$1")} AS "splitOffIn" FROM (
   ${DESCRIBED} FROM ${FEATURE_AND_PEOPLE} WHERE feature."type" = 'EXPERIMENT' AND feature."slug" = $1
 ) AS page`;
