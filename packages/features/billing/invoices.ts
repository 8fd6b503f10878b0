import type { Invoice } from "./types";

export interface BilledSubscription {
  id: number;
  seats: number;
  pricePerSeatCents: number;
  startedAt: Date;
  canceledAt: Date | null;
}

/** The months billed until `now`, the newest first. A month is paid in advance, also the one in which it is canceled. */
export function invoicesOf(subscription: BilledSubscription, now: Date): Invoice[] {
  const { id, seats, pricePerSeatCents, startedAt, canceledAt } = subscription;
  const end = canceledAt !== null && canceledAt < now ? canceledAt : now;
  const invoices: Invoice[] = [];
  for (let month = 0; addMonths(startedAt, month) <= end; month++) {
    invoices.push({
      number: `CAL-${String(id).padStart(5, "0")}-${String(month + 1).padStart(3, "0")}`,
      periodStart: addMonths(startedAt, month),
      periodEnd: addMonths(startedAt, month + 1),
      amountCents: seats * pricePerSeatCents,
    });
  }
  return invoices.reverse();
}

/** Calendar months in UTC; a day that the month lacks becomes its last one, without moving later months. */
function addMonths(start: Date, months: number): Date {
  const moved = new Date(start);
  moved.setUTCMonth(start.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return moved;
}
