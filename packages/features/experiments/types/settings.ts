import { payloadSchema } from "@calcom/lib/json";
import { asIssue, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { conditionSchema } from "../lib/conditions/schema";
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
export const percentageSchema = z
  .number("Type a number.")
  .min(0, "A share cannot be negative.")
  .max(100, "A share cannot exceed 100 %.")
  .refine((share) => Math.abs(share * 100 - Math.round(share * 100)) < 1e-6, "Use at most two decimals.");

export const variantSchema = z.object({
  name: variantNameSchema,
  percentage: percentageSchema,
  payload: payloadSchema.optional(),
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
          ...asIssue(sentence("There is another variant named {{name}}.", { name })),
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

const idsSchema = z.array(z.number().int().positive()).max(1_000, "List at most 1,000.");

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

/** A share of a namespace: experiments of one group whose ranges do not overlap share no subject. */
export const exclusionGroupSchema = z.strictObject({
  name: slugSchema,
  ranges: z
    .array(z.strictObject({ from: percentageSchema, to: percentageSchema }))
    .min(1, "Give the experiment a range of the group.")
    .max(10, "Use at most ten ranges.")
    .refine((ranges) => ranges.every(({ from, to }) => from < to), "A range must end after its start."),
});
export type ExclusionGroup = z.infer<typeof exclusionGroupSchema>;

/** Names a metric: one that code defines, or `event:<name>`, whether such an event was recorded. */
export const metricKeySchema = z
  .string()
  .min(1, "Name the metric.")
  .max(80, "Use at most 80 characters.")
  .regex(/^[a-z0-9]+(?:[._:-][a-z0-9]+)*$/, "Use lower-case letters and digits, joined by _, -, . or :.");

/** A metric as it was when the experiment started. */
export const registeredMetricSchema = z.object({
  key: z.string(),
  role: z.enum(["primary", "secondary", "guardrail"]),
  kind: z.enum(["conversion", "mean", "ratio"]),
  direction: z.enum(["increase", "decrease"]),
  minimumEffect: z.number().nullable(),
  /** Names everything that its figures depend on. */
  definition: z.string(),
});
export type RegisteredMetric = z.infer<typeof registeredMetricSchema>;

const metricKeysSchema = z.array(metricKeySchema).max(20, "Choose at most 20 metrics.");

/** What is measured. If nothing is chosen, every client event is, and the first one decides. */
export const metricsSchema = z
  .strictObject({
    /** The metric that the verdict rests on. */
    primary: metricKeySchema.nullable(),
    secondary: metricKeysSchema,
    /** The metrics that must not get worse. */
    guardrails: metricKeysSchema,
  })
  .superRefine(({ primary, secondary, guardrails }, context) => {
    const seen = new Set(primary === null ? [] : [primary]);
    for (const [part, keys] of Object.entries({ secondary, guardrails }))
      keys.forEach((key, index) => {
        if (seen.has(key))
          context.addIssue({
            code: "custom",
            path: [part, index],
            ...asIssue(sentence("{{key}} is chosen already.", { key })),
          });
        seen.add(key);
      });
  });
export type ExperimentMetrics = z.infer<typeof metricsSchema>;
export const NO_METRICS: ExperimentMetrics = { primary: null, secondary: [], guardrails: [] };

export const FEWEST_PLANNED_SUBJECTS = 100;

export const plannedSubjectsSchema = z
  .number("Type a number.")
  .int("Use a whole number.")
  .min(FEWEST_PLANNED_SUBJECTS, "Plan for at least 100 subjects.")
  .max(1_000_000_000, "Plan for at most a thousand million subjects.");

export const analysisSchema = z.strictObject({
  /** `sequential` may be read at any time; `fixed` compares at the planned end and not before. */
  mode: z.enum(["sequential", "fixed"]),
  /** The planned number of subjects over all variants; in a draft null for what the forecast finds at the start. */
  plannedSubjects: plannedSubjectsSchema.nullable(),
  /** There is no verdict before so many days. */
  minimumRuntimeDays: z
    .number("Type a number.")
    .int("Use whole days.")
    .min(1, "Run for at least one day.")
    .max(90, "Use at most 90 days."),
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
  /** Typed into the form, or named by whoever started it. */
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

const momentSchema = z.iso.datetime({ offset: true, error: "Choose a day and a time." }).nullable();

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
