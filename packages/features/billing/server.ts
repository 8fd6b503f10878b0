import "server-only";
import { type Database, database } from "@calcom/prisma";
import { trackConversion } from "../experiments/server";
import { createTeams } from "../teams/server";
import { BillingRepository } from "./billing.repository";
import { type BillingDependencies, BillingService } from "./billing.service";

export { BillingService } from "./billing.service";
export { recurringRevenueMetric, subscriptionSource, upgradeMetric } from "./metrics";

export function createBilling(
  database: Database,
  parts: Pick<BillingDependencies, "trackConversion"> = { trackConversion },
): BillingService {
  const teams = createTeams(database);
  return new BillingService({
    repository: new BillingRepository(database),
    planOf: (userId) => teams.planOf(userId),
    now: () => new Date(),
    ...parts,
  });
}

export function billing(): BillingService {
  return createBilling(database());
}
