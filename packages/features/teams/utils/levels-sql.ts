/** How a row of teams calls the organization that it belongs to, and whether it is one. */
export interface TeamColumns {
  organization: string;
  isOrganization: string;
}

const OWN: TeamColumns = { organization: '"parentId"', isOrganization: '"isOrganization"' };

/**
 * Joins to the row `team` what its own row and that of its organization say of flags, as "said". Written as a join, not
 * as a view, so that an index on the team finds them.
 */
export function joinSaid(team: string, { organization } = OWN): string {
  return `JOIN "TeamFeatures" AS "said" ON "said"."teamId" IN (${team}."id", ${team}.${organization})`;
}

/** How near that row is: 2 for the team, 3 for an organization. A user's own row is 1. */
export function levelFor(team: string, { isOrganization } = OWN): string {
  return `CASE WHEN "said"."teamId" = ${team}."id" AND NOT ${team}.${isOrganization} THEN 2 ELSE 3 END`;
}

/** Sorts the row that decides first: the nearest level wins, and within one level on wins. */
export const NEAREST_FIRST = `"level", "enabled" DESC`;
