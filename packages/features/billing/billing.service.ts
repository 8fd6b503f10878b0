import type { CallerTransaction, CreditOptions, ServerConversion } from "../experiments/server";
import type { Plan } from "../teams/types";
import type { BillingRepository } from "./billing.repository";
import { invoicesOf } from "./invoices";
import type { BillingOverview, TeamOrder } from "./types";

export interface BillingDependencies {
  repository: BillingRepository;
  planOf: (userId: number) => Promise<Plan>;
  trackConversion: (
    tx: CallerTransaction,
    conversion: ServerConversion,
    options: CreditOptions,
  ) => Promise<unknown>;
  now: () => Date;
}

export class BillingService {
  readonly #dependencies: BillingDependencies;

  constructor(dependencies: BillingDependencies) {
    this.#dependencies = dependencies;
  }

  async overview(userId: number): Promise<BillingOverview> {
    const { repository, planOf, now } = this.#dependencies;
    const [plan, rows] = await Promise.all([planOf(userId), repository.subscriptionsOf(userId)]);
    const at = now();
    return {
      plan,
      subscriptions: rows.map((row) => {
        const { id, slug, name, isOrganization, memberships } = row.team;
        const role = memberships.find((membership) => membership.userId === userId)?.role ?? "MEMBER";
        const invoices = invoicesOf(row, at);
        return {
          team: { id, slug, name, isOrganization },
          role,
          owners: memberships
            .filter((membership) => membership.role === "OWNER")
            .map(({ user }) => user.name),
          seats: row.seats,
          seatsTaken: memberships.length,
          pricePerSeatCents: row.pricePerSeatCents,
          startedAt: row.startedAt,
          canceledAt: row.canceledAt,
          nextInvoiceAt: row.canceledAt === null ? (invoices[0]?.periodEnd ?? row.startedAt) : null,
          invoices: role === "MEMBER" ? [] : invoices,
        };
      }),
    };
  }

  /**
   * Makes somebody the owner of a new, subscribed team, in one transaction. What the subscription brings in a month
   * counts in each experiment that `subject` is in, as `subscription_started`: with the same commit, or not at all.
   *
   * @param pricePerSeatCents what this person was shown; the caller takes it from the server's own decision
   * @throws AppError `team_slug_taken` at the field `slug`
   */
  startTeam(
    userId: number,
    order: TeamOrder,
    pricePerSeatCents: number,
    subject: CreditOptions["subject"] = { userId },
  ): Promise<{ teamId: number; slug: string }> {
    const { repository, trackConversion } = this.#dependencies;
    return repository.startTeam(userId, order, pricePerSeatCents, (tx, { id, monthlyValue }) =>
      trackConversion(
        tx,
        { event: "subscription_started", value: monthlyValue, key: String(id) },
        { subject },
      ),
    );
  }
}
