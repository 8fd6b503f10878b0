import type { Database } from "@calcom/prisma";
import type { Prisma } from "@calcom/prisma/client";
import type { PlanMembership, PlanTeam } from "./types";

export class TeamsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async planMemberships(userId: number): Promise<PlanMembership[]> {
    const rows = await this.#database.prisma.membership.findMany({
      where: { userId },
      select: { accepted: true, team: { select: planFacts } },
    });
    return rows.map(({ accepted, team }) => ({ accepted, team: toPlanTeam(team) }));
  }

  /** The teams that somebody has joined or is invited to, the oldest membership first. */
  async membershipsOf(userId: number) {
    const rows = await this.#database.prisma.membership.findMany({
      where: { userId },
      orderBy: { id: "asc" },
      select: {
        accepted: true,
        role: true,
        team: {
          select: {
            ...planFacts,
            id: true,
            slug: true,
            name: true,
            parent: { select: { ...planFacts.parent.select, name: true } },
            _count: { select: { memberships: { where: { accepted: true } } } },
          },
        },
      },
    });
    return rows.map(({ accepted, role, team }) => ({
      accepted,
      role,
      team: {
        id: team.id,
        slug: team.slug,
        name: team.name,
        organizationName: team.parent?.name ?? null,
        memberCount: team._count.memberships,
        ...toPlanTeam(team),
      },
    }));
  }

  /** Null if there is no such team, and likewise if this person has not joined it. */
  async findForMember(slug: string, userId: number) {
    const team = await this.#database.prisma.team.findFirst({
      where: { slug, memberships: { some: { userId, accepted: true } } },
      select: {
        ...planFacts,
        id: true,
        slug: true,
        name: true,
        memberships: {
          orderBy: [{ accepted: "desc" }, { role: "desc" }, { user: { name: "asc" } }],
          select: {
            userId: true,
            role: true,
            accepted: true,
            user: { select: { name: true, email: true } },
          },
        },
      },
    });
    if (!team) return null;
    return {
      id: team.id,
      slug: team.slug,
      name: team.name,
      ...toPlanTeam(team),
      members: team.memberships.map(({ user, ...membership }) => ({ ...membership, ...user })),
    };
  }

  async eventTypes(teamId: number, now: Date) {
    const rows = await this.#database.prisma.eventType.findMany({
      where: { teamId },
      orderBy: { title: "asc" },
      select: {
        id: true,
        title: true,
        slug: true,
        durationMinutes: true,
        _count: { select: { bookings: { where: { startsAt: { gte: now } } } } },
      },
    });
    return rows.map(({ _count, ...eventType }) => ({ ...eventType, upcomingCount: _count.bookings }));
  }

  async upcomingBookings(teamId: number, now: Date, limit: number) {
    const rows = await this.#database.prisma.booking.findMany({
      where: { eventType: { teamId }, startsAt: { gte: now } },
      orderBy: [{ startsAt: "asc" }, { id: "asc" }],
      take: limit,
      select: {
        id: true,
        attendeeName: true,
        attendeeEmail: true,
        startsAt: true,
        eventType: { select: { title: true, durationMinutes: true } },
      },
    });
    return rows.map(({ eventType, ...booking }) => ({ ...booking, ...eventType }));
  }

  /** Returns whether there was an open invitation to accept. */
  async acceptInvitation(userId: number, teamId: number): Promise<boolean> {
    const { count } = await this.#database.prisma.membership.updateMany({
      where: { userId, teamId, accepted: false },
      data: { accepted: true },
    });
    return count > 0;
  }
}

const subscription = { select: { canceledAt: true } } as const;
const planFacts = {
  isOrganization: true,
  subscription,
  parent: { select: { isOrganization: true, subscription } },
} as const satisfies Prisma.TeamSelect;

type PlanFacts = Prisma.TeamGetPayload<{ select: typeof planFacts }>;

function toPlanTeam({ isOrganization, subscription, parent }: PlanFacts): PlanTeam {
  return {
    isOrganization,
    isSubscribed: isActive(subscription),
    parent: parent && { isOrganization: parent.isOrganization, isSubscribed: isActive(parent.subscription) },
  };
}

function isActive(subscription: { canceledAt: Date | null } | null): boolean {
  return subscription !== null && subscription.canceledAt === null;
}
