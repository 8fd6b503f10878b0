/**
 * Joins to the row `team` of the view of teams what its own row and that of its organization say of flags, as "said". A
 * row of another application's table may say nothing. Written as a join, not as a view, so that an index finds them.
 */
export function joinSaid(team: string): string {
  return `JOIN "TeamFeatures" AS "said" ON "said"."teamId" IN (${team}."id", ${team}."organization_id") AND "said"."enabled" IS NOT NULL`;
}

/** How near that row is: 2 for the team, 3 for an organization. A user's own row is 1. */
export function levelFor(team: string): string {
  return `CASE WHEN "said"."teamId" = ${team}."id" AND NOT ${team}."is_organization" THEN 2 ELSE 3 END`;
}

/** Sorts the row that decides first: the nearest level wins, and within one level on wins. */
export const NEAREST_FIRST = `"level", "enabled" DESC`;
