import { isOnSql, joinSaid, levelFor, NEAREST_FIRST } from "../teams/utils";

// If a user and a team are given, only that team counts, and only if the user has joined it. It starts from the subject:
// who asks must not pay for everybody's teams.
const buildResolving = (isPlain: string) => `
  WITH asking AS MATERIALIZED (
    SELECT "team_id" FROM "experiment_host_memberships"
    WHERE "user_id" = $1::experiment_user_id AND "team_id" = coalesce($2::experiment_team_id, "team_id")
    UNION ALL SELECT $2::experiment_team_id WHERE $1::experiment_user_id IS NULL AND $2::experiment_team_id IS NOT NULL
  ), said AS (
    SELECT "featureId", 1 AS "level", "enabled" FROM "UserFeatures"
    WHERE "userId" = $1::experiment_user_id AND "enabled" IS NOT NULL
    UNION ALL
    SELECT "said"."featureId", "said"."level", "said"."enabled"
    FROM asking
    CROSS JOIN LATERAL (
      SELECT "said"."featureId", ${levelFor('"team"')} AS "level", "said"."enabled"
      FROM "experiment_host_teams" AS "team" ${joinSaid('"team"')} WHERE "team"."id" = asking."team_id" OFFSET 0
    ) AS "said"
  ), nearest AS (
    SELECT DISTINCT ON ("featureId") "featureId", "level", "enabled" FROM said
    ORDER BY "featureId", ${NEAREST_FIRST}
  )
  SELECT "feature"."slug", COALESCE(nearest."enabled", ${isOnSql('"feature"', {
    user: "$1::experiment_user_id",
    teams: `SELECT "team_id" FROM asking`,
  })}) AS "enabled",
    CASE nearest."level" WHEN 1 THEN 'user' WHEN 2 THEN 'team' WHEN 3 THEN 'organization' ELSE 'global' END AS "source"
  FROM "Feature" AS "feature" LEFT JOIN nearest ON nearest."featureId" = "feature"."slug"
  WHERE ${isPlain}
    AND ($3::text[] IS NULL OR "feature"."slug" = ANY ($3))
  ORDER BY "feature"."slug"`;

/** By their values, which an index finds among thousands of experiments. */
export const RESOLVE = buildResolving(
  `"feature"."type" = ANY (array_remove(enum_range(NULL::"FeatureType"), 'EXPERIMENT'))`,
);

/** Where the type of flags may be any that an application has given them. */
export const RESOLVE_OF_ANY_TYPE = buildResolving(`"feature"."type" IS DISTINCT FROM 'EXPERIMENT'`);
