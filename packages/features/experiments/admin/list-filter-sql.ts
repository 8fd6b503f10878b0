import { NAME } from "../sql/names-sql";
import { statusSql } from "../sql/status-sql";

// What the list and the calendar are asked for, and what there is to ask for.

/**
 * $1 text, $2 status, $3 unit, $4 owner, $7 a problem that needs attention, or empty for any of them, $8 tag. It reads
 * `attention`.
 */
export const MATCHES = `feature."type" = 'EXPERIMENT'
       AND ($1::text IS NULL OR feature."slug" ILIKE $1 OR feature."metadata" ->> 'name' ILIKE $1
         OR feature."metadata" ->> 'hypothesis' ILIKE $1 OR feature."metadata" ->> 'learning' ILIKE $1)
       AND ($2::text IS NULL OR ${statusSql("feature")} = $2)
       AND ($3::text IS NULL OR coalesce(feature."metadata" ->> 'unit', 'user') = $3)
       AND ($4::text IS NULL OR feature."metadata" ->> 'ownerId' = $4)
       AND ($7::text IS NULL OR feature."slug" IN (SELECT "slug" FROM attention WHERE $7 = '' OR $7 = ANY ("problems")))
       AND ($8::text IS NULL OR feature."metadata" -> 'tags' ? $8)`;

/** As an id, or every user is read to compare texts. */
export const OWNER_ID = `experiment_user_id_of(feature."metadata" ->> 'ownerId')`;

export const buildPersonSql = (id: string) =>
  `LATERAL (SELECT "id", ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = ${id} LIMIT 1)`;

export const EVERYTHING = `everything AS MATERIALIZED (
     SELECT ${OWNER_ID} AS "ownerId", feature."metadata" -> 'tags' AS tags
     FROM "Feature" AS feature WHERE feature."type" = 'EXPERIMENT'
   )`;

/** Of everything, whatever was asked for. */
export const TAGS = `(SELECT coalesce(jsonb_agg(DISTINCT tag), '[]') FROM everything,
        jsonb_array_elements_text(CASE jsonb_typeof(tags) WHEN 'array' THEN tags ELSE '[]' END) AS tag) AS tags`;

export const OWNERS = `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('id', experiment_user_json(owner."id"), 'name', owner."name")), '[]')
      FROM (SELECT DISTINCT "ownerId" AS "id" FROM everything) AS owning
      CROSS JOIN ${buildPersonSql('owning."id"')} AS owner) AS owners`;
