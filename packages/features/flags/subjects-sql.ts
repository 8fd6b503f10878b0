import { nameOfRow } from "../experiments/sql";
import { isOnSql, joinSaid, levelFor, NEAREST_FIRST } from "../teams/utils";
import type { SubjectKind } from "./types";

/**
 * Both are read by their index, and one after the other: those who have a name, in its order, and then those who have
 * none, as an application may have them.
 */
export const PARTS = ["named", "unnamed"] as const;
export type Part = (typeof PARTS)[number];

const IS_BY_ROLLOUT = `"feature"."enabled" IS TRUE AND "feature"."rolloutUnit" IS NOT NULL`;

/** $4 and $5 are the key and the id of the row before; no id where there is none. */
const placed = (subject: string, domain: string, part: Part): string =>
  part === "named"
    ? `lower(${subject}."name") IS NOT NULL
      AND ($5::${domain} IS NULL OR (lower(${subject}."name"), ${subject}."id") > ($4::text, $5::${domain}))`
    : `lower(${subject}."name") IS NULL AND $4::text IS NULL AND ($5::${domain} IS NULL OR ${subject}."id" > $5::${domain})`;

const usersOf = (part: Part): string => `
  SELECT "user"."id", ${nameOfRow('"user"')} AS "name", "user"."email" AS "detail", lower("user"."name") AS "key",
    NULL AS "organizationName", false AS "isOrganization", "own"."enabled" AS "own",
    COALESCE("said"."enabled", ${isOnSql('"feature"', {
      user: '"user"."id"',
      teams: `SELECT "team_id" FROM "experiment_host_memberships" WHERE "user_id" = "user"."id"`,
    })}) AS "inherited",
    CASE WHEN "said"."level" = 2 THEN 'team' WHEN "said"."level" = 3 THEN 'organization'
      WHEN ${IS_BY_ROLLOUT} THEN 'rollout' ELSE 'global' END AS "source"
  FROM "experiment_host_users" AS "user"
  JOIN "Feature" AS "feature" ON "feature"."slug" = $1
  LEFT JOIN "UserFeatures" AS "own" ON "own"."userId" = "user"."id" AND "own"."featureId" = $1
  LEFT JOIN LATERAL (
    SELECT ${levelFor('"team"')} AS "level", "said"."enabled"
    FROM "experiment_host_memberships" AS "member"
    JOIN "experiment_host_teams" AS "team" ON "team"."id" = "member"."team_id" ${joinSaid('"team"')}
    WHERE "member"."user_id" = "user"."id" AND "said"."featureId" = $1
    ORDER BY ${NEAREST_FIRST} LIMIT 1
  ) AS "said" ON true
  WHERE ($2::text IS NULL OR ${nameOfRow('"user"')} ILIKE $2 OR "user"."email" ILIKE $2)
    AND (NOT $3::boolean OR "own"."enabled" IS NOT NULL)
    AND ${placed('"user"', "experiment_user_id", part)}
  ORDER BY lower("user"."name"), "user"."id" LIMIT $6`;

const teamsOf = (part: Part): string => `
  SELECT "team"."id", ${nameOfRow('"team"')} AS "name", "team"."slug" AS "detail", lower("team"."name") AS "key",
    "parent"."name" AS "organizationName", "team"."is_organization" AS "isOrganization", "own"."enabled" AS "own",
    COALESCE("said"."enabled", CASE WHEN ${IS_BY_ROLLOUT} AND "feature"."rolloutUnit" = 'user' THEN NULL
      ELSE ${isOnSql('"feature"', { user: "NULL::experiment_user_id", teams: `SELECT "team"."id"` })} END) AS "inherited",
    CASE WHEN "said"."enabled" IS NOT NULL THEN 'organization'
      WHEN ${IS_BY_ROLLOUT} THEN 'rollout' ELSE 'global' END AS "source"
  FROM "experiment_host_teams" AS "team"
  JOIN "Feature" AS "feature" ON "feature"."slug" = $1
  LEFT JOIN "experiment_host_teams" AS "parent" ON "parent"."id" = "team"."organization_id"
  LEFT JOIN "TeamFeatures" AS "own" ON "own"."teamId" = "team"."id" AND "own"."featureId" = $1
  LEFT JOIN "TeamFeatures" AS "said" ON "said"."teamId" = "team"."organization_id" AND "said"."featureId" = $1
  WHERE ($2::text IS NULL OR ${nameOfRow('"team"')} ILIKE $2 OR "team"."slug" ILIKE $2)
    AND (NOT $3::boolean OR "own"."enabled" IS NOT NULL)
    AND ${placed('"team"', "experiment_team_id", part)}
  ORDER BY lower("team"."name"), "team"."id" LIMIT $6`;

/** A page of users or teams, with what a flag ($1) gives each of them and why. */
export const SUBJECTS: Record<SubjectKind, Record<Part, string>> = {
  user: { named: usersOf("named"), unnamed: usersOf("unnamed") },
  team: { named: teamsOf("named"), unnamed: teamsOf("unnamed") },
};
