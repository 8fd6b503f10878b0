import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { cache } from "react";
import { getTeams, homePath } from "@/lib/home";
import { getExperimentRole } from "@/lib/require-experiments";

/** Where an account can go; read once per request. */
export const readNavigation = cache(async (user: AuthUser) => {
  const [teams, home, role] = await Promise.all([
    getTeams(user.id),
    homePath(user),
    getExperimentRole(user.id),
  ]);
  return { teams, home, role };
});
