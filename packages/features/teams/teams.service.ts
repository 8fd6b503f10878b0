import { AppError } from "@calcom/lib/errors";
import { rowId } from "@calcom/lib/gate/numbers";
import { derivePlan, planOfTeam } from "./derive-plan";
import type { TeamsRepository } from "./teams.repository";
import type { Invitation, Plan, TeamDashboardData, TeamSummary } from "./types";

/** The most bookings that a dashboard shows. */
export const DASHBOARD_BOOKINGS = 12;

export class TeamsService {
  readonly #repository: TeamsRepository;
  readonly #now: () => Date;

  constructor(repository: TeamsRepository, now: () => Date) {
    this.#repository = repository;
    this.#now = now;
  }

  async planOf(userId: number): Promise<Plan> {
    return derivePlan(await this.#repository.planMemberships(userId));
  }

  /** The teams that somebody has joined, in the order of joining, and the invitations that are still open. */
  async listFor(userId: number): Promise<{ teams: TeamSummary[]; invitations: Invitation[] }> {
    const memberships = await this.#repository.membershipsOf(userId);
    return {
      teams: memberships
        .filter(({ accepted }) => accepted)
        .map(({ role, team: { id, slug, name, organizationName, memberCount, ...facts } }) => ({
          id,
          slug,
          name,
          organizationName,
          memberCount,
          role,
          isOrganization: facts.isOrganization,
          plan: planOfTeam(facts),
        })),
      invitations: memberships
        .filter(({ accepted }) => !accepted)
        .map(({ team }) => ({
          teamId: team.id,
          teamName: team.name,
          organizationName: team.organizationName,
        })),
    };
  }

  /** Null for everybody but accepted members, whether or not the team exists. */
  async dashboard(userId: number, slug: string): Promise<TeamDashboardData | null> {
    const found = await this.#repository.findForMember(slug, userId);
    if (!found) return null;
    const { members, ...team } = found;
    const viewer = members.find((member) => member.userId === userId);
    if (!viewer) return null;

    const now = this.#now();
    const [eventTypes, bookings] = await Promise.all([
      this.#repository.eventTypes(team.id, now),
      this.#repository.upcomingBookings(team.id, now, DASHBOARD_BOOKINGS),
    ]);
    return {
      team: {
        id: team.id,
        slug: team.slug,
        name: team.name,
        isOrganization: team.isOrganization,
        plan: planOfTeam(team),
      },
      viewerRole: viewer.role,
      members,
      eventTypes,
      bookings,
      upcomingCount: eventTypes.reduce((total, { upcomingCount }) => total + upcomingCount, 0),
    };
  }

  /** @throws AppError `invitation_not_found` where there is no open invitation of this person to this team */
  async acceptInvitation(userId: number, teamId: unknown): Promise<void> {
    // What a form of ours has not sent may be anything; no team has an id that no row can have.
    const known = rowId.safeParse(teamId);
    if (known.success && (await this.#repository.acceptInvitation(userId, known.data))) return;
    throw new AppError(
      "not_found",
      "invitation_not_found",
      "This invitation is no longer open. Ask the team’s owner for a new one.",
    );
  }
}
