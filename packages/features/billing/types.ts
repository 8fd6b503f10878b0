import { number } from "@calcom/lib/gate/numbers";
import { nameText, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";
import type { Plan, TeamRole } from "../teams/types";

export const MAX_SEATS = 500;

/** The input for starting a team. It never contains the price. */
export const teamOrderSchema = z.strictObject({
  name: trimmedText(80, "Use at most 80 characters.").min(1, "Enter a team name."),
  slug: nameText(48, "Use at most 48 characters.")
    .min(1, "Enter a URL for the team.")
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use lowercase letters, digits and single hyphens."),
  seats: number("Enter a number.")
    .int("Enter a whole number of seats.")
    .min(1, "Order at least one seat.")
    .max(MAX_SEATS, `Order at most ${MAX_SEATS} seats here. Contact us for more.`),
});
export type TeamOrder = z.infer<typeof teamOrderSchema>;

/** Dollars per month; `teams` is per seat. */
export interface Prices {
  individual: number;
  teams: number;
}

/** One month of a subscription, paid in advance. */
export interface Invoice {
  /** Unique, and the same each time it is computed. */
  number: string;
  periodStart: Date;
  periodEnd: Date;
  amountCents: number;
}

export interface SubscriptionSummary {
  team: { id: number; slug: string; name: string; isOrganization: boolean };
  role: TeamRole;
  owners: string[];
  seats: number;
  /** Accepted members and open invitations. */
  seatsTaken: number;
  pricePerSeatCents: number;
  startedAt: Date;
  canceledAt: Date | null;
  /** Null if it was canceled. */
  nextInvoiceAt: Date | null;
  /** The newest first; none for a member who neither owns nor administers the team. */
  invoices: Invoice[];
}

export interface BillingOverview {
  plan: Plan;
  subscriptions: SubscriptionSummary[];
}
