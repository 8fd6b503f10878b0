import "server-only";
import { type Database, database } from "@calcom/prisma";
import { createTeams } from "../teams/server";
import { BillingRepository } from "./billing.repository";
import { BillingService } from "./billing.service";

export { BillingService } from "./billing.service";

export function createBilling(database: Database): BillingService {
  const teams = createTeams(database);
  return new BillingService({
    repository: new BillingRepository(database),
    planOf: (userId) => teams.planOf(userId),
    now: () => new Date(),
  });
}

export function billing(): BillingService {
  return createBilling(database());
}
