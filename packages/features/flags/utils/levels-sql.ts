/**
 * Every row of a team or organization, for each team that it applies to: "teamId", "featureId", "level", "enabled". A
 * user's own row would be level 1, which each statement adds itself.
 */
export const TEAM_LEVELS = `
  SELECT "said"."teamId", "said"."featureId", CASE WHEN "team"."isOrganization" THEN 3 ELSE 2 END AS "level",
    "said"."enabled"
  FROM "TeamFeatures" AS "said" JOIN "Team" AS "team" ON "team"."id" = "said"."teamId"
  UNION ALL
  SELECT "team"."id", "said"."featureId", 3, "said"."enabled"
  FROM "TeamFeatures" AS "said" JOIN "Team" AS "team" ON "team"."parentId" = "said"."teamId"`;

/** Sorts the row that decides first: the nearest level wins, and within one level on wins. */
export const NEAREST_FIRST = `"level", "enabled" DESC`;
