import { defineMetric, defineSource } from "../experiments/server";

/** Read from the subscriptions themselves, so that it counts people who pay for a team however they came to it. */
export const upgradeMetric = defineMetric({
  key: "upgrade",
  name: "Upgrade",
  kind: "conversion",
  source: {
    query: {
      user: `SELECT "purchasedById" AS subject, "startedAt" AS at FROM "Subscription"`,
      team: `SELECT "teamId" AS subject, "startedAt" AS at FROM "Subscription"`,
    },
  },
  minimumEffect: 0.05,
});

const MONTHLY = `"seats" * "pricePerSeat"`;

/** Dollars a month. It is capped, because one organization of five hundred seats would outweigh everybody else. */
export const recurringRevenueMetric = defineMetric({
  key: "monthly-revenue",
  name: "Monthly revenue",
  kind: "mean",
  source: {
    query: {
      user: `SELECT "purchasedById" AS subject, "startedAt" AS at, ${MONTHLY} AS value FROM "Subscription"`,
      team: `SELECT "teamId" AS subject, "startedAt" AS at, ${MONTHLY} AS value FROM "Subscription"`,
    },
  },
  currency: "USD",
  bounds: { min: 0, max: 100_000 },
  winsorize: { percentile: 0.99 },
  minimumEffect: 0.05,
});

/** For metrics that people make themselves. */
export const subscriptionSource = defineSource({
  key: "subscriptions",
  name: "Subscriptions",
  query: {
    user: `SELECT "purchasedById" AS subject, "startedAt" AS at, "seats" AS seats, ${MONTHLY} AS monthly FROM "Subscription"`,
    team: `SELECT "teamId" AS subject, "startedAt" AS at, "seats" AS seats, ${MONTHLY} AS monthly FROM "Subscription"`,
  },
  values: {
    seats: { name: "Seats" },
    monthly: { name: "Monthly price", currency: "USD" },
  },
  filters: { seats: { name: "Seats", type: "number" } },
});
