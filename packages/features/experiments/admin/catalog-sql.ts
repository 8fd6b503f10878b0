import { buildCountFewRecentSql, buildCountFewSql, FEW } from "../results/recount/few-rows-sql";
import { statusSql, turnedOffSql } from "../sql/status-sql";
import type { ListSort } from "../types/admin";
import { LEAST_SUBJECTS } from "../types/segments";
import { ATTENTION_SQL, effectSql, healthSql, WATCHED } from "./health-sql";
import { buildPersonSql, EVERYTHING, MATCHES, OWNER_ID, OWNERS, TAGS } from "./list-filter-sql";

/**
 * A page of the list, the number of all matches, all owners and how many need attention. $1 text, $2 status, $3 unit,
 * $4 owner, $5 limit, $6 offset, $7 a problem, or empty for any of them, $8 tag.
 */
export function listSql(sort: ListSort): string {
  const order = ORDERS[sort];
  // Few subjects are counted for the page alone, unless the list is sorted by them.
  const isByCount = sort === "subjects";
  const counted = `CASE WHEN stored."assignments" > ${FEW} THEN stored."assignments" ELSE ${buildCountFewSql('feature."slug"')} END`;
  return `WITH attention AS MATERIALIZED (${ATTENTION_SQL}), matching AS MATERIALIZED (
     SELECT feature."slug", feature."updatedAt", feature."createdAt",
       lower(coalesce(feature."metadata" ->> 'name', feature."slug")) AS name
       ${isByCount ? `, ${counted} AS subjects` : ""}
     FROM "Feature" AS feature
     ${isByCount ? `LEFT JOIN "ExperimentCount" AS stored ON stored."experimentSlug" = feature."slug"` : ""}
     WHERE ${MATCHES}
   ), ${EVERYTHING}, page AS (
     SELECT "slug", row_number() OVER (ORDER BY ${order}) AS position
     FROM matching ORDER BY ${order} LIMIT $5 OFFSET $6
   )
   SELECT (SELECT count(*)::int FROM matching) AS total,
     (SELECT count(*)::int FROM everything) AS overall,
     ${TAGS},
     (SELECT count(*)::int FROM attention) AS attention,
     (SELECT coalesce(jsonb_object_agg(problem, n), '{}')
      FROM (SELECT problem, count(*)::int AS n FROM attention, unnest("problems") AS problem GROUP BY problem) AS counted) AS problems,
     ${OWNERS},
     (SELECT jsonb_agg(to_jsonb(listed) ORDER BY listed.position) FROM (
       ${DESCRIBED}, ${COUNTS},
         ${splitOffSql('page."slug"')} AS "splitOff", ${splitOffInSql('page."slug"')} AS "splitOffIn",
         ${healthSql("feature")} AS health, ${effectSql('page."slug"')} AS effect, ${MARKED_AT_END}, page.position
       FROM page CROSS JOIN LATERAL (SELECT * FROM "Feature" WHERE "slug" = page."slug" LIMIT 1) AS feature
       ${PEOPLE} ${buildCountedSql('page."slug"')}
     ) AS listed) AS rows`;
}

const DESCRIBED = `SELECT feature."slug", feature."enabled", feature."metadata", feature."version",
  coalesce(feature."description", '') AS description, feature."updatedAt", experiment_user_json(feature."updatedBy") AS "updatedById",
  editor."name" AS "updatedByName", experiment_user_json(owner."id") AS "ownerId", owner."name" AS "ownerName"`;

/** What the result of an experiment that is over says of its metrics: code may define them otherwise by now, or not at all. */
const MARKED_AT_END = `CASE WHEN feature."metadata" ->> 'endedAt' IS NOT NULL THEN (
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'key', metric -> 'key', 'isRedefined', coalesce(metric -> 'isRedefined' = 'true', false))), '[]')
      FROM jsonb_path_query(final."result", '$.metrics[*] ? (@.isChosenAfterStart == true)') AS metric)
    FROM "ExperimentResult" AS final
    WHERE final."experimentSlug" = feature."slug" AND NOT final."isReceipt" AND final."result" ->> 'endedAt' IS NOT NULL
  ) END AS "markedAtEnd"`;

const PEOPLE = `LEFT JOIN ${buildPersonSql('feature."updatedBy"')} AS editor ON true
  LEFT JOIN ${buildPersonSql(OWNER_ID)} AS owner ON true`;

/** Few rows as of now, and many as the recount has stored them; before it has, that they are more than few. */
const COUNTS = `CASE WHEN few.n <= ${FEW} THEN few.n ELSE greatest(stored."assignments", ${FEW}) END AS assignments,
  few.n > ${FEW} AND coalesce(stored."assignments", 0) <= ${FEW} AS "areMore",
  CASE WHEN few.n <= ${FEW} THEN few.recent ELSE coalesce(stored."recentExposures", 0) END AS "recentExposures",
  CASE WHEN few.n > ${FEW} AND stored."assignments" > ${FEW} THEN stored."asOf" END AS "countedAt"`;

const buildCountedSql = (slug: string) => `CROSS JOIN LATERAL (
    SELECT few.n, CASE WHEN few.n <= ${FEW} THEN ${buildCountFewRecentSql(slug)} END AS recent
    FROM (SELECT ${buildCountFewSql(slug)} AS n OFFSET 0) AS few OFFSET 0
  ) AS few
  LEFT JOIN "ExperimentCount" AS stored ON stored."experimentSlug" = ${slug}`;

const splitOffSql = (slug: string) => `(
  SELECT CASE newest."result" #>> '{analysis,split,status}' WHEN 'off' THEN jsonb_build_object(
    'p', newest."result" #> '{analysis,split,p}', 'variants', newest."result" #> '{analysis,split,variants}') END
  FROM "ExperimentResult" AS newest
  WHERE newest."experimentSlug" = ${slug} ORDER BY newest."asOf" DESC LIMIT 1
)`;

const splitOffInSql = (slug: string) => `(
  SELECT coalesce((SELECT jsonb_agg(jsonb_build_object('fact', segment -> 'fact', 'value', segment -> 'value')
      ORDER BY segment -> 'pAdjusted', place)
    FROM jsonb_path_query(newest."result", '$.analysis.split.bySegment[*] ? (@.status == "off")')
      WITH ORDINALITY AS segment (segment, place)
    -- As in the results: fewer are people, and not a segment.
    WHERE (SELECT sum((told ->> 'observed')::float8) FROM jsonb_array_elements(segment -> 'variants') AS told)
      >= ${LEAST_SUBJECTS}), '[]')
  FROM (SELECT (SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = ${slug}
    ORDER BY "asOf" DESC LIMIT 1) AS "result") AS newest
)`;

/** In the columns of `matching`. The slug breaks ties. */
const ORDERS: Record<ListSort, string> = {
  changed: `"updatedAt" DESC, "slug"`,
  created: `"createdAt" DESC, "slug"`,
  name: `name, "slug"`,
  subjects: `subjects DESC, "slug"`,
};

/** So many as a palette shows. $1 part of a slug or a name; what begins with $2 comes first. */
export const FIND_SQL = `SELECT found."slug", found."name", found."status", found."isTurnedOff",
    found."status" IN (${WATCHED}) AND EXISTS (SELECT FROM "ExperimentHealth" AS health
      WHERE health."experimentSlug" = found."slug" AND 'past_end' = ANY (health."problems")) AS "isOverdue" FROM (
    SELECT feature."slug", coalesce(feature."metadata" ->> 'name', feature."slug") AS "name",
      ${statusSql("feature")} AS "status", ${turnedOffSql("feature")} AS "isTurnedOff", feature."updatedAt"
    FROM "Feature" AS feature WHERE feature."type" = 'EXPERIMENT'
      AND (feature."slug" ILIKE $1 OR feature."metadata" ->> 'name' ILIKE $1)
  ) AS found
  ORDER BY (found."slug" ILIKE $2 OR found."name" ILIKE $2) DESC, found."updatedAt" DESC, found."slug" LIMIT 8`;

/** One experiment, $1. */
export const DESCRIBE_SQL = `${DESCRIBED}, ${COUNTS},
   ${splitOffSql("$1")} AS "splitOff", ${splitOffInSql("$1")} AS "splitOffIn", ${healthSql("feature")} AS health,
   ${effectSql("$1")} AS effect, ${MARKED_AT_END}
   FROM "Feature" AS feature ${PEOPLE} ${buildCountedSql("$1")} WHERE feature."type" = 'EXPERIMENT' AND feature."slug" = $1`;
