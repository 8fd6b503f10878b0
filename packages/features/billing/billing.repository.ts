import { AppError } from "@calcom/lib/errors";
import { sentence } from "@calcom/lib/sentence";
import { sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import type { Database } from "@calcom/prisma";
import { Prisma } from "@calcom/prisma/client";
import type { TeamOrder } from "./types";

export interface StartedSubscription {
  id: number;
  /** The monthly revenue in dollars, as exact decimal text. */
  monthlyValue: string;
}

export class BillingRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The subscriptions of the teams that somebody has joined, the oldest first. */
  async subscriptionsOf(userId: number) {
    const rows = await this.#database.prisma.subscription.findMany({
      where: { team: { memberships: { some: { userId, accepted: true } } } },
      orderBy: { id: "asc" },
      select: {
        id: true,
        seats: true,
        pricePerSeat: true,
        startedAt: true,
        canceledAt: true,
        team: {
          select: {
            id: true,
            slug: true,
            name: true,
            isOrganization: true,
            memberships: { select: { userId: true, role: true, user: { select: { name: true } } } },
          },
        },
      },
    });
    return rows.map(({ pricePerSeat, ...row }) => ({
      ...row,
      pricePerSeatCents: pricePerSeat.times(100).toNumber(),
    }));
  }

  /**
   * Creates the team, its owner and its subscription, or nothing at all. `alongside` runs in the same transaction, and
   * an error in it undoes everything.
   *
   * @throws AppError `team_slug_taken` at the field `slug`
   */
  async startTeam(
    userId: number,
    order: TeamOrder,
    pricePerSeatCents: number,
    alongside: (tx: Prisma.TransactionClient, subscription: StartedSubscription) => Promise<unknown>,
  ): Promise<{ teamId: number; slug: string }> {
    const pricePerSeat = new Prisma.Decimal(pricePerSeatCents).dividedBy(100);
    try {
      return await this.#database.prisma.$transaction(async (tx) => {
        const team = await tx.team.create({
          data: { name: order.name, slug: order.slug },
          select: { id: true, slug: true },
        });
        await tx.membership.create({
          data: { userId, teamId: team.id, role: "OWNER", accepted: true },
        });
        const { id } = await tx.subscription.create({
          data: { teamId: team.id, purchasedById: userId, seats: order.seats, pricePerSeat },
        });
        await alongside(tx, { id, monthlyValue: pricePerSeat.times(order.seats).toFixed(2) });
        return { teamId: team.id, slug: team.slug };
      });
    } catch (cause) {
      if (sqlState(cause) !== UNIQUE_VIOLATION) throw cause;
      throw new AppError(
        "conflict",
        "team_slug_taken",
        sentence("Another team already uses the URL {{slug}}. Choose a different one.", {
          slug: order.slug,
        }),
        { field: "slug", cause },
      );
    }
  }
}
