import { defineMetric, type Metric } from "../../../metrics/define-metric";

/** Of those who have any value. */
export const CAPPED_AT = 0.8;

export const metrics = {
  revenue: defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
    winsorize: { value: 120 },
    bounds: { min: 0, max: 90 },
  }),
  balance: defineMetric({
    key: "balance",
    name: "Balance",
    kind: "mean",
    source: { events: ["settled"], take: "value" },
    winsorize: { percentile: CAPPED_AT },
  }),
  debt: defineMetric({
    key: "debt",
    name: "Debt",
    kind: "mean",
    source: { events: ["owed"], take: "value" },
    winsorize: { percentile: CAPPED_AT },
  }),
  valuePerPurchase: defineMetric({
    key: "value-per-purchase",
    name: "Value per purchase",
    kind: "ratio",
    numerator: { events: ["bought"], take: "value" },
    denominator: { events: ["bought"] },
  }),
  bookings: defineMetric({
    key: "bookings",
    name: "Bookings",
    kind: "mean",
    source: {
      query: {
        user: `SELECT type."userId" AS subject, booking."createdAt" AS at, 1 AS value
          FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
        team: `SELECT type."teamId" AS subject, booking."createdAt" AS at, 1 AS value
          FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
      },
    },
    covariate: { days: 7 },
  }),
} satisfies Record<string, Metric>;

export const SETTINGS = {
  clientEvents: ["clicked"],
  conversionWindowDays: 5,
  metrics: {
    primary: "event:clicked",
    secondary: ["revenue", "balance", "debt", "value-per-purchase", "bookings"],
    guardrails: ["event:bought"],
  },
};
