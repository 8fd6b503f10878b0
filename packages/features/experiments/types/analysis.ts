import { number } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { Unit } from "./settings";

export const FEWEST_PLANNED_SUBJECTS = 100;

export const plannedSubjectsSchema = number("Enter a number.")
  .int("Enter a whole number.")
  .min(FEWEST_PLANNED_SUBJECTS, "Enter at least 100 participants.")
  .max(1_000_000_000, "Enter at most one billion participants.");

export const analysisSchema = z.strictObject({
  /** `sequential` may be read at any time; `fixed` compares at the planned end and not before. */
  mode: z.enum(["sequential", "fixed"]),
  /** The planned number of subjects over all variants; in a draft null for what the forecast finds at the start. */
  plannedSubjects: plannedSubjectsSchema.nullable(),
  /** There is no verdict before so many days. */
  minimumRuntimeDays: number("Enter a number.")
    .int("Enter a whole number of days.")
    .min(1, "Enter at least one day.")
    .max(90, "Enter at most 90 days."),
});

/**
 * How results are read. It is decided before the start and frozen then, because otherwise the error rates would not
 * hold.
 */
export type AnalysisSettings = z.infer<typeof analysisSchema>;

/** Of experiments that started before the start froze a number, and had none. */
export const DEFAULT_PLANNED_SUBJECTS = 10_000;

/**
 * What a start freezes where there is nothing to forecast by: a few weeks of a mid-sized product. The sequential bound
 * hardly minds a plan that is too small (a tenth wider at 25 times as many), and much one that is too large (half as wide
 * again at a twentieth), so these are at the lower end. A product with ten thousand visitors has thousands of users, and
 * some hundreds of teams.
 */
export const DEFAULT_PLAN: Record<Unit, number> = { visitor: 10_000, user: 4_000, team: 400 };

export const planSourceSchema = z.enum([
  /** Typed into the form, or named by whoever started it, and not what the forecast of that moment gave. */
  "typed",
  /** As many as the smallest effect that matters takes. */
  "minimum_effect",
  /** As many as are counted within the recommended weeks. */
  "weeks",
  /** The fewest that can be planned for: within the recommended weeks there are fewer still. */
  "fewest",
  /** `DEFAULT_PLAN`, for want of a forecast. */
  "default",
]);

export type PlanSource = z.infer<typeof planSourceSchema>;

export const DEFAULT_ANALYSIS: AnalysisSettings = {
  mode: "sequential",
  plannedSubjects: null,
  minimumRuntimeDays: 7,
};
