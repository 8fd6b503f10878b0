import { z } from "zod";
import { percentageSchema } from "../experiments/types";

export const rolloutUnitSchema = z.enum(["user", "team"]);
/** For whom a flag is on while it is: a share of users, or of teams with all their members. */
export const rolloutSchema = z.strictObject({
  percentage: percentageSchema.gt(0, "Enter a share above 0, or turn the flag off."),
  unit: rolloutUnitSchema,
});
export type Rollout = z.infer<typeof rolloutSchema>;
