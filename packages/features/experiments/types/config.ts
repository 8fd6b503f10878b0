import { isStorable, NOT_STORABLE } from "@calcom/lib/json";
import { asIssue, type Sentence, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { eventNameSchema, slugSchema, variantNameSchema } from "./names";
import {
  analysisSchema,
  assignmentTypeSchema,
  DEFAULT_ANALYSIS,
  DEFAULT_WINDOW_DAYS,
  exclusionGroupSchema,
  metricsSchema,
  NO_METRICS,
  NO_SCHEDULE,
  percentageSchema,
  planSourceSchema,
  registeredMetricSchema,
  scheduleSchema,
  statusSchema,
  targetingRulesSchema,
  unitSchema,
  variantsSchema,
} from "./settings";

export const nameSchema = z
  .string()
  .trim()
  .min(1, "Give the experiment a name.")
  .max(120, "Use at most 120 characters.")
  .refine(isStorable, NOT_STORABLE);
const proseSchema = z
  .string()
  .trim()
  .max(2_000, "Use at most 2,000 characters.")
  .refine(isStorable, NOT_STORABLE);

const settings = {
  name: nameSchema,
  description: proseSchema,
  hypothesis: proseSchema,
  unit: unitSchema,
  assignmentType: assignmentTypeSchema,
  variants: variantsSchema,
  /** The variant that the others are compared with. */
  control: variantNameSchema,
  trafficPercentage: percentageSchema,
  exclusionGroups: z.array(exclusionGroupSchema).max(5, "Use at most five groups."),
  targetingRules: targetingRulesSchema,
  /** The conversion events that browsers may report; all others come from server code. */
  clientEvents: z.array(eventNameSchema).max(20, "Declare at most 20 events."),
  /** Conversions count within this many days of the first exposure. */
  conversionWindowDays: z
    .number("Type a number.")
    .int("Use whole days.")
    .min(1, "Use at least one day.")
    .max(90, "Use at most 90 days."),
  setPersonProperties: z.boolean(),
  metrics: metricsSchema,
  analysis: analysisSchema,
  schedule: scheduleSchema,
};

/** What an admin may set. The service keeps the rest of the configuration. */
export const experimentInputSchema = z
  .strictObject({
    slug: slugSchema,
    ...settings,
    description: settings.description.default(""),
    hypothesis: settings.hypothesis.default(""),
    unit: settings.unit.default("user"),
    assignmentType: settings.assignmentType.default("deterministic"),
    trafficPercentage: settings.trafficPercentage.default(100),
    exclusionGroups: settings.exclusionGroups.default([]),
    targetingRules: settings.targetingRules.default({}),
    clientEvents: settings.clientEvents.default([]),
    conversionWindowDays: settings.conversionWindowDays.default(DEFAULT_WINDOW_DAYS),
    setPersonProperties: settings.setPersonProperties.default(false),
    metrics: settings.metrics.default(NO_METRICS),
    analysis: settings.analysis.default(DEFAULT_ANALYSIS),
    schedule: settings.schedule.default(NO_SCHEDULE),
  })
  .superRefine(refuseUnknownControl);
export type ExperimentInput = z.infer<typeof experimentInputSchema>;

/** Only named settings are changed, so that saving one part never erases another. */
export const experimentPatchSchema = z.strictObject(settings).partial();
export type ExperimentPatch = z.infer<typeof experimentPatchSchema>;

/** The settings of a form that determine how long the experiment takes. */
export const planQuestionSchema = z
  .object(experimentPatchSchema.shape)
  .pick({
    unit: true,
    targetingRules: true,
    trafficPercentage: true,
    variants: true,
    control: true,
    metrics: true,
    clientEvents: true,
    conversionWindowDays: true,
    analysis: true,
  })
  .required();

const { description: _inItsOwnColumn, ...settingsInMetadata } = settings;
/** The content of `Feature.metadata`. */
export const experimentConfigSchema = z.object({
  ...settingsInMetadata,
  // Rows from before there were metrics and schedules have none of these keys.
  metrics: metricsSchema.default(NO_METRICS),
  analysis: analysisSchema.default(DEFAULT_ANALYSIS),
  schedule: scheduleSchema.default(NO_SCHEDULE),
  status: statusSchema,
  /** Stored at creation and never changed. Experiments that share it share the assignment. */
  salt: z.string().min(1).max(200),
  hashVersion: z.literal(1),
  /** The current epoch; 0 before the first start. */
  epoch: z.number().int().min(0),
  winnerVariant: z.string().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  ownerId: z.number().int().nullable(),
  /**
   * What was to be measured when the experiment started; whatever differs from it was chosen when data could be seen.
   * Null before the start. Experiments that started before it was kept get it with their next change, and until then
   * what they measure counts as registered.
   */
  registeredMetrics: z.array(registeredMetricSchema).nullable().default(null),
  /** Where the frozen number of planned subjects came from; null before the start, and where it started before this was kept. */
  plannedBy: planSourceSchema.nullable().default(null),
  /** The flag that it was before, so that it can become one again; null if it never was one. */
  convertedFrom: z
    .object({
      type: z.enum(["RELEASE", "OPERATIONAL", "KILL_SWITCH", "PERMISSION"]),
      metadata: z.json().nullable(),
    })
    .nullable()
    .default(null),
});
export type ExperimentConfig = z.infer<typeof experimentConfigSchema>;

function refuseUnknownControl(
  { variants, control }: Pick<ExperimentInput, "variants" | "control">,
  context: z.core.$RefinementCtx,
): void {
  if (!variants.some(({ name }) => name === control))
    context.addIssue({
      code: "custom",
      path: ["control"],
      ...asIssue(noSuchVariant(control, variants)),
    });
}

export function noSuchVariant(variant: string, known: readonly { name: string }[]): Sentence {
  return sentence("No variant is named {{variant}}: choose among {{known}}.", {
    variant,
    known: known.map(({ name }) => name).join(", "),
  });
}
