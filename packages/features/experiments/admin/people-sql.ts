import { NAME } from "../sql/names-sql";

/** The most teams and browsers of one person that are looked up. */
export const MOST_TEAMS = 10;
export const MOST_BROWSERS = 100;

const TEAMS_OF = (id: string) => `(SELECT coalesce(jsonb_agg(
      jsonb_build_object('id', experiment_team_json(joined."id"), 'name', joined."name") ORDER BY joined."id"
    ), '[]') FROM (
    SELECT team."id", team."name" FROM "experiment_host_memberships" AS membership
    CROSS JOIN LATERAL (
      SELECT "id", ${NAME} AS "name" FROM "experiment_host_teams" WHERE "id" = membership."team_id" LIMIT 1
    ) AS team
    WHERE membership."user_id" = ${id} ORDER BY team."id" LIMIT ${MOST_TEAMS + 1}
  ) AS joined)`;

/** The latest first, from the newest link on. */
const BROWSERS_OF = (id: string) => `ARRAY(SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = ${id}
    ORDER BY "linkedAt" DESC, "visitorId" LIMIT ${MOST_BROWSERS})`;

export const USER = `SELECT person."id"::text AS "id", person."name", person."email" AS detail, person."id" AS "userId",
    ${TEAMS_OF('person."id"')} AS teams, ${BROWSERS_OF('person."id"')} AS "visitorIds"
  FROM "experiment_host_users" AS person WHERE person."id" = $1`;

export const TEAM = `SELECT "id"::text AS "id", ${NAME} AS "name", "slug" AS detail, NULL::experiment_user_id AS "userId",
    jsonb_build_array(jsonb_build_object('id', experiment_team_json("id"), 'name', ${NAME})) AS teams, '{}'::uuid[] AS "visitorIds"
  FROM "experiment_host_teams" WHERE "id" = $1`;

/** Nothing is stored about an unknown browser, so there is no person to show. */
export const VISITOR = `SELECT $1::uuid::text AS "id", NULL AS "name", NULL AS detail, link."userId",
    '[]'::jsonb AS teams, $1::uuid || array_remove(${BROWSERS_OF('link."userId"')}, $1::uuid) AS "visitorIds"
  FROM (SELECT 1) AS asked
  LEFT JOIN LATERAL (SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = $1::uuid LIMIT 1) AS link ON true
  WHERE link."userId" IS NOT NULL
    OR EXISTS (SELECT FROM "ExperimentVariant" WHERE "visitorId" = $1::uuid)`;

const ROW = `"id", "experimentSlug" AS slug, "variant", "assignedAt", "exposedAt", "epoch" IS NULL AS "isImported"`;

/** Every row of a subject, from the subject outwards by its own index. */
export const ROWS = `
  SELECT ${ROW}, 'user' AS unit, "userId"::text AS "unitId" FROM "ExperimentVariant" WHERE "userId" = $1
  UNION ALL
  SELECT found.*, 'team', asked.id::text FROM unnest($2::experiment_team_id[]) AS asked (id)
    CROSS JOIN LATERAL (SELECT ${ROW} FROM "ExperimentVariant" WHERE "teamId" = asked.id OFFSET 0) AS found
  UNION ALL
  SELECT found.*, 'visitor', asked.id::text FROM unnest($3::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (SELECT ${ROW} FROM "ExperimentVariant" WHERE "visitorId" = asked.id OFFSET 0) AS found`;

export const CONVERSIONS = `
  SELECT asked.id::text AS "assignmentId", found."conversionEvent" AS event, count(*)::int AS times,
    min(found."occurredAt") AS "first", max(found."occurredAt") AS "last"
  FROM unnest($1::uuid[]) AS asked (id)
  CROSS JOIN LATERAL (
    SELECT "conversionEvent", "occurredAt" FROM "ExperimentConversion" WHERE "assignmentId" = asked.id OFFSET 0
  ) AS found
  GROUP BY 1, 2 ORDER BY 1, 4, 2`;

export const SLUGS = `SELECT "slug" FROM "Feature" WHERE "slug" ILIKE $1
  OR ("type" = 'EXPERIMENT' AND "metadata" ->> 'name' ILIKE $1)`;
