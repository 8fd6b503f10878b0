import { type Plan, type PlanMembership, type PlanTeam, plans } from "./types";

/** The best plan among the teams that somebody has joined; invitations that are still open count for nothing. */
export function derivePlan(memberships: readonly PlanMembership[]): Plan {
  return memberships
    .filter(({ accepted }) => accepted)
    .map(({ team }) => planOfTeam(team))
    .reduce(better, "individual");
}

/** The plan of a team, by its own subscription or by that of the organization it belongs to. */
export function planOfTeam({ isOrganization, isSubscribed, parent }: PlanTeam): Plan {
  if (parent?.isOrganization && parent.isSubscribed) return "organization";
  if (!isSubscribed) return "individual";
  return isOrganization ? "organization" : "teams";
}

function better(a: Plan, b: Plan): Plan {
  return plans.indexOf(a) >= plans.indexOf(b) ? a : b;
}
