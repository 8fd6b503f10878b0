import { recurringRevenueMetric, subscriptionSource, upgradeMetric } from "@calcom/features/billing/server";
import { defineMetric, defineSource } from "@calcom/features/experiments/server";

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

const BOOKINGS = `FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`;
const OF_A_BOOKING = `booking."createdAt" AS at, type."durationMinutes" AS minutes, type."slug" AS type`;

const bookingSource = defineSource({
  key: "bookings",
  name: "Bookings",
  query: {
    user: `SELECT type."userId" AS subject, ${OF_A_BOOKING} ${BOOKINGS}`,
    team: `SELECT type."teamId" AS subject, ${OF_A_BOOKING} ${BOOKINGS}`,
  },
  values: { minutes: { name: "Minutes" } },
  filters: {
    minutes: { name: "Minutes", type: "number" },
    type: { name: "Event type (slug)", type: "text" },
  },
});

const eventTypeSource = defineSource({
  key: "event-types",
  name: "Event types",
  query: {
    user: `SELECT "userId" AS subject, "createdAt" AS at, "durationMinutes" AS minutes FROM "EventType"`,
    team: `SELECT "teamId" AS subject, "createdAt" AS at, "durationMinutes" AS minutes FROM "EventType"`,
  },
  filters: { minutes: { name: "Minutes", type: "number" } },
});

/** What people make metrics of in the catalog, without code. */
export const experimentSources = [subscriptionSource, bookingSource, eventTypeSource];
