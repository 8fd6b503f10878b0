export { invoicesOf } from "./invoices";
export { pricesFor } from "./prices";
export type { BillingOverview, Invoice, Prices, SubscriptionSummary, TeamOrder } from "./types";
export { MAX_SEATS, teamOrderSchema } from "./types";
