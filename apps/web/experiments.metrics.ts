import { recurringRevenueMetric, upgradeMetric } from "@calcom/features/billing/server";
import { defineMetric } from "@calcom/features/experiments/server";

/** Whether what people offer is also booked: bookings for each event type that they made. */
const bookingsPerEventType = defineMetric({
  key: "bookings-per-event-type",
  name: "Bookings per event type",
  kind: "ratio",
  numerator: {
    query: {
      user: `SELECT type."userId" AS subject, booking."createdAt" AS at, 1 AS value
        FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
      team: `SELECT type."teamId" AS subject, booking."createdAt" AS at, 1 AS value
        FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
    },
  },
  denominator: {
    query: {
      user: `SELECT "userId" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"`,
      team: `SELECT "teamId" AS subject, "createdAt" AS at, 1 AS value FROM "EventType"`,
    },
  },
  minimumEffect: 0.1,
});

/** What experiments of this application can measure, besides the events that they record. */
export const experimentMetrics = [upgradeMetric, recurringRevenueMetric, bookingsPerEventType];
