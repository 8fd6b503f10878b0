import { describe, expect, it } from "vitest";
import { type BilledSubscription, invoicesOf } from "./invoices";

const subscription = (facts: Partial<BilledSubscription> = {}): BilledSubscription => ({
  id: 7,
  seats: 4,
  pricePerSeatCents: 2_000,
  startedAt: new Date("2026-01-31T10:00:00Z"),
  canceledAt: null,
  ...facts,
});
const starts = (facts: Partial<BilledSubscription>, now: string) =>
  invoicesOf(subscription(facts), new Date(now)).map(({ periodStart }) => periodStart.toISOString());

describe("invoicesOf", () => {
  it("bills the first month at once", () => {
    expect(invoicesOf(subscription(), new Date("2026-01-31T10:00:00Z"))).toEqual([
      {
        number: "CAL-00007-001",
        periodStart: new Date("2026-01-31T10:00:00Z"),
        periodEnd: new Date("2026-02-28T10:00:00Z"),
        amountCents: 8_000,
      },
    ]);
  });

  it("ends short months on their last day and comes back to the day of the start", () => {
    expect(starts({}, "2026-04-01T00:00:00Z")).toEqual([
      "2026-03-31T10:00:00.000Z",
      "2026-02-28T10:00:00.000Z",
      "2026-01-31T10:00:00.000Z",
    ]);
  });

  it("crosses the year", () => {
    expect(starts({ startedAt: new Date("2025-12-15T00:00:00Z") }, "2026-01-15T00:00:00Z")).toEqual([
      "2026-01-15T00:00:00.000Z",
      "2025-12-15T00:00:00.000Z",
    ]);
  });

  it("bills nothing after the cancellation", () => {
    expect(starts({ canceledAt: new Date("2026-02-10T00:00:00Z") }, "2026-09-01T00:00:00Z")).toEqual([
      "2026-01-31T10:00:00.000Z",
    ]);
  });

  it("bills nothing before the start", () => {
    expect(starts({}, "2026-01-31T09:59:59Z")).toEqual([]);
  });
});
