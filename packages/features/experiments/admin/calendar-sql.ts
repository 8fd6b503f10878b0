import { statusSql } from "../sql/status-sql";
import { ATTENTION_SQL } from "./health-sql";
import { buildPersonSql, EVERYTHING, MATCHES, OWNER_ID, OWNERS, TAGS } from "./list-filter-sql";

/** What JavaScript reads: a page that names another day than it has fails with all its rows. */
const MOMENT =
  "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?Z$";

const buildMomentSql = (key: string) => `CASE
    WHEN feature."metadata" ->> '${key}' ~ '${MOMENT}' THEN feature."metadata" ->> '${key}' END`;

/**
 * What ran between $9 and $10, the latest start first, and what there is to filter by; the other parameters are those of the
 * list. Moments are compared as the texts that they are stored as, which order as they do.
 */
export const CALENDAR_SQL = `WITH attention AS MATERIALIZED (${ATTENTION_SQL}), matching AS MATERIALIZED (
     SELECT feature."slug", coalesce(feature."metadata" ->> 'name', feature."slug") AS name,
       ${statusSql("feature")} AS status, ${OWNER_ID} AS "ownerId",
       ${buildMomentSql("startedAt")} AS "startedAt", ${buildMomentSql("endedAt")} AS "endedAt"
     FROM "Feature" AS feature WHERE ${MATCHES}
   ), within AS MATERIALIZED (
     SELECT * FROM matching WHERE "startedAt" COLLATE "C" < $10 AND (
       CASE WHEN status IN ('running', 'paused', 'off') THEN to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
         ELSE coalesce("endedAt", "startedAt") END) COLLATE "C" >= $9
   ), ${EVERYTHING}
   SELECT (SELECT count(*)::int FROM within) AS total, (SELECT count(*)::int FROM everything) AS overall,
     ${TAGS},
     ${OWNERS},
     (SELECT jsonb_agg(to_jsonb(listed)) FROM (
       SELECT page."slug", page.name, page.status, owner."name" AS "ownerName", page."startedAt", page."endedAt"
       FROM (SELECT * FROM within ORDER BY "startedAt" COLLATE "C" DESC, "slug" LIMIT $5 OFFSET $6) AS page
       LEFT JOIN ${buildPersonSql('page."ownerId"')} AS owner ON true
       ORDER BY page."startedAt" COLLATE "C" DESC, page."slug"
     ) AS listed) AS rows`;
