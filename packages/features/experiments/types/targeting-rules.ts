import { hostId } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { conditionSchema } from "../lib/conditions/schema";
import { planSchema } from "./settings";

const idsSchema = z.array(hostId).max(1_000, "Enter at most 1,000.");

/** Every named rule must hold; an empty object targets everybody. */
export const targetingRulesSchema = z.strictObject({
  plans: z.array(planSchema).max(3).optional(),
  teamIds: idsSchema.optional(),
  organizationIds: idsSchema.optional(),
  /** Excludes people who belong to any organization. */
  excludeOrganizations: z.boolean().optional(),
  userAttributes: conditionSchema.optional(),
});
export type TargetingRules = z.infer<typeof targetingRulesSchema>;
