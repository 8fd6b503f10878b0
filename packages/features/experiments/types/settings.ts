import { documentSchema } from "@calcom/lib/gate/document";
import { moment } from "@calcom/lib/gate/moments";
import { number } from "@calcom/lib/gate/numbers";
import { asIssue } from "@calcom/lib/issue";
import { sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { slugSchema, variantNameSchema } from "./names";

export const statusSchema = z.enum(["draft", "running", "paused", "off", "concluded", "archived"]);
export type Status = z.infer<typeof statusSchema>;

/** The conversion window if nobody chose another. */
export const DEFAULT_WINDOW_DAYS = 14;

export const unitSchema = z.enum(["user", "team", "visitor"]);
/** Who is assigned, and so who is counted. */
export type Unit = z.infer<typeof unitSchema>;

export const assignmentTypeSchema = z.enum(["deterministic", "random"]);
export type AssignmentType = z.infer<typeof assignmentTypeSchema>;

export const planSchema = z.enum(["individual", "teams", "organization"]);
export type Plan = z.infer<typeof planSchema>;

/** In 0..100, in steps of 0.01, so that shares add up exactly. */
export const percentageSchema = number("Enter a number.")
  .min(0, "A share can’t be negative.")
  .max(100, "A share can’t exceed 100%.")
  .refine((share) => Number(share.toFixed(2)) === share, "Use at most two decimal places.");

export const variantSchema = z.object({
  name: variantNameSchema,
  percentage: percentageSchema,
  payload: documentSchema.optional(),
});
export type Variant = z.infer<typeof variantSchema>;

export const MAX_VARIANTS = 20;
export const variantsSchema = z
  .array(variantSchema)
  .min(2, "An experiment needs at least two variants.")
  .max(MAX_VARIANTS, `Use at most ${MAX_VARIANTS} variants.`)
  .superRefine((variants, context) => {
    const seen = new Set<string>();
    variants.forEach(({ name }, index) => {
      if (seen.has(name))
        context.addIssue({
          code: "custom",
          path: [index, "name"],
          ...asIssue(sentence("Another variant is already named {{name}}.", { name })),
        });
      seen.add(name);
    });
    const sum = variants.reduce((total, { percentage }) => total + Math.round(percentage * 100), 0);
    if (sum !== 10_000)
      context.addIssue({
        code: "custom",
        path: [],
        ...asIssue(sentence("The percentages add up to {{sum}}, not 100.", { sum: sum / 100 })),
      });
  });

/** A share of a namespace: experiments of one group whose ranges do not overlap share no subject. */
export const exclusionGroupSchema = z.strictObject({
  name: slugSchema,
  ranges: z
    .array(z.strictObject({ from: percentageSchema, to: percentageSchema }))
    .min(1, "Enter at least one range.")
    .max(10, "Use at most ten ranges.")
    .refine((ranges) => ranges.every(({ from, to }) => from < to), "A range must end after its start."),
});
export type ExclusionGroup = z.infer<typeof exclusionGroupSchema>;

const momentSchema = moment("Choose a date and time.").nullable();

/** The steps that are taken automatically, each once; null for none. */
export const scheduleSchema = z
  .strictObject({
    /** When a draft starts. */
    startAt: momentSchema,
    /** When it pauses: nobody new is let in, and nobody who is in sees anything else. */
    stopAt: momentSchema,
  })
  .refine(({ startAt, stopAt }) => !startAt || !stopAt || Date.parse(startAt) < Date.parse(stopAt), {
    path: ["stopAt"],
    message: "The end must come after the start.",
  });
export type Schedule = z.infer<typeof scheduleSchema>;
export const NO_SCHEDULE: Schedule = { startAt: null, stopAt: null };
