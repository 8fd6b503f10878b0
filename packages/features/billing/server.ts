import "server-only";
import { database } from "@calcom/prisma";
import { teams } from "../teams/server";
import { BillingRepository } from "./billing.repository";
import { BillingService } from "./billing.service";

export { BillingService } from "./billing.service";

export function billing(): BillingService {
  return new BillingService({
    repository: new BillingRepository(database()),
    planOf: (userId) => teams().planOf(userId),
    now: () => new Date(),
  });
}
