/**
 * What is said of flags for whoever belongs to a team, by its own row or that of its organization: "teamId",
 * "featureId", "level", "enabled". The user's own row is level 1, and is left to the statement.
 */
export const TEAM_LEVELS = `
  SELECT "said"."teamId", "said"."featureId", CASE WHEN "team"."isOrganization" THEN 3 ELSE 2 END AS "level",
    "said"."enabled"
  FROM "TeamFeatures" AS "said" JOIN "Team" AS "team" ON "team"."id" = "said"."teamId"
  UNION ALL
  SELECT "team"."id", "said"."featureId", 3, "said"."enabled"
  FROM "TeamFeatures" AS "said" JOIN "Team" AS "team" ON "team"."parentId" = "said"."teamId"`;

/** An order in which the row that decides comes first: the nearest level does, and within one level on wins. */
export const NEAREST_FIRST = `"level", "enabled" DESC`;
