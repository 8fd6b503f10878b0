import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import type { TeamSummary } from "@calcom/features/teams";
import { teams } from "@calcom/features/teams/server";
import { cache } from "react";

/** The teams that somebody has joined, in the order of joining; read once per request. */
export const getTeams = cache(async (userId: number): Promise<TeamSummary[]> => {
  const { teams: joined } = await teams().listFor(userId);
  return joined;
});

export function dashboardPath(team: Pick<TeamSummary, "slug">): string {
  return `/teams/${team.slug}`;
}

/** Where somebody starts: at the dashboard of their first team, otherwise at what their role is for. */
export async function homePath({ id, role }: AuthUser): Promise<string> {
  const [first] = await getTeams(id);
  if (first) return dashboardPath(first);
  return role === "ADMIN" ? "/settings/admin/experiments" : "/settings/billing";
}
