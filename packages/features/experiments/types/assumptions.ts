import { number } from "@calcom/lib/gate/numbers";
import { z } from "zod";

const ABOVE_ZERO = "Enter a number above 0.";

/** What somebody expects where there is no history to forecast by; the start plans by it. Null for what was not said. */
export const assumptionsSchema = z.strictObject({
  /** New subjects a week, once targeting and traffic have let them in. */
  perWeek: number("Enter a number.")
    .int("Enter a whole number.")
    .min(1, ABOVE_ZERO)
    .max(1_000_000_000, "Enter at most one billion participants.")
    .nullable(),
  /** The present value of the primary metric: of a conversion in percent, else per subject. */
  baseline: number("Enter a number.").nullable(),
  /** The standard deviation of a metric that is no conversion. */
  spread: number("Enter a number.").gt(0, ABOVE_ZERO).nullable(),
  /** The smallest relative change worth finding, in percent. */
  effect: number("Enter a number.").gt(0, ABOVE_ZERO).max(1_000, "Enter at most 1,000%.").nullable(),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;

export const NO_ASSUMPTIONS: Assumptions = { perWeek: null, baseline: null, spread: null, effect: null };
