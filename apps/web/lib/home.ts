import "server-only";
import type { TeamSummary } from "@calcom/features/teams";
import { teams } from "@calcom/features/teams/server";
import { cache } from "react";

/** The teams that somebody has joined, the one joined first first; read once per request. */
export const getTeams = cache(async (userId: number): Promise<TeamSummary[]> => {
  const { teams: joined } = await teams().listFor(userId);
  return joined;
});

export function dashboardPath(team: Pick<TeamSummary, "slug">): string {
  return `/teams/${team.slug}`;
}

/** Where somebody begins: the dashboard of their first team, else their billing page. */
export async function homePath(userId: number): Promise<string> {
  const [first] = await getTeams(userId);
  return first ? dashboardPath(first) : "/settings/billing";
}
