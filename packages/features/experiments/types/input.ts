import { number } from "@calcom/lib/gate/numbers";
import { trimmedText } from "@calcom/lib/gate/text";
import { asIssue } from "@calcom/lib/issue";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { analysisSchema, DEFAULT_ANALYSIS } from "./analysis";
import { assumptionsSchema, NO_ASSUMPTIONS } from "./assumptions";
import {
  type ExperimentMetrics,
  hasPrimary,
  metricsSchema,
  NO_METRICS,
  NO_PRIMARY,
  withoutMetricSchema,
} from "./metrics";
import { eventNameSchema, knownSlugSchema, slugSchema, tagsSchema, variantNameSchema } from "./names";
import {
  assignmentTypeSchema,
  DEFAULT_WINDOW_DAYS,
  exclusionGroupSchema,
  NO_SCHEDULE,
  percentageSchema,
  type Schedule,
  scheduleSchema,
  unitSchema,
  type Variant,
  variantsSchema,
} from "./settings";
import { targetingRulesSchema } from "./targeting-rules";

export const nameSchema = trimmedText(120, "Use at most 120 characters.").min(1, "Enter a name.");

const proseSchema = trimmedText(2_000, "Use at most 2,000 characters.");

/** What a team takes from an experiment. */
export const learningSchema = proseSchema;

/** What the form edits, field by field. */
export const settingsShape = {
  name: nameSchema,
  description: proseSchema,
  hypothesis: proseSchema,
  tags: tagsSchema,
  /** What the team takes from it. Written at the end, and kept up to date afterwards. */
  learning: learningSchema,
  unit: unitSchema,
  assignmentType: assignmentTypeSchema,
  variants: variantsSchema,
  /** The variant that the others are compared with. */
  control: variantNameSchema,
  trafficPercentage: percentageSchema,
  exclusionGroups: z.array(exclusionGroupSchema).max(5, "Use at most five groups."),
  targetingRules: targetingRulesSchema,
  /** The conversion events that browsers may report; all others come from server code. */
  clientEvents: z.array(eventNameSchema).max(20, "Enter at most 20 events."),
  /** Conversions count within this many days of the first exposure. */
  conversionWindowDays: number("Enter a number.")
    .int("Enter a whole number of days.")
    .min(1, "Enter at least one day.")
    .max(90, "Enter at most 90 days."),
  setPersonProperties: z.boolean(),
  metrics: metricsSchema,
  withoutMetric: withoutMetricSchema.nullable(),
  analysis: analysisSchema,
  assumptions: assumptionsSchema,
  schedule: scheduleSchema,
};

/** What an admin may set. The service keeps the rest of the configuration. */
export const experimentInputSchema = z
  .strictObject({
    slug: slugSchema,
    ...settingsShape,
    description: settingsShape.description.default(""),
    hypothesis: settingsShape.hypothesis.default(""),
    learning: settingsShape.learning.default(""),
    tags: settingsShape.tags.default([]),
    unit: settingsShape.unit.default("user"),
    assignmentType: settingsShape.assignmentType.default("deterministic"),
    trafficPercentage: settingsShape.trafficPercentage.default(100),
    exclusionGroups: settingsShape.exclusionGroups.default([]),
    targetingRules: settingsShape.targetingRules.default({}),
    clientEvents: settingsShape.clientEvents.default([]),
    conversionWindowDays: settingsShape.conversionWindowDays.default(DEFAULT_WINDOW_DAYS),
    setPersonProperties: settingsShape.setPersonProperties.default(false),
    metrics: settingsShape.metrics.default(NO_METRICS),
    withoutMetric: settingsShape.withoutMetric.default(null),
    analysis: settingsShape.analysis.default(DEFAULT_ANALYSIS),
    assumptions: settingsShape.assumptions.default(NO_ASSUMPTIONS),
    schedule: settingsShape.schedule.default(NO_SCHEDULE),
  })
  .superRefine(refuseUnknownControl)
  .superRefine(refuseAimlessSchedule);

export type ExperimentInput = z.infer<typeof experimentInputSchema>;

/** Only named settings are changed, so that saving one part never erases another. */
export const experimentPatchSchema = z.strictObject(settingsShape).partial();

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
    assumptions: true,
  })
  .required()
  /** Of one that has started, which keeps its own versions of metrics. */
  .extend({ experiment: knownSlugSchema.optional() });

function refuseUnknownControl(
  { variants, control }: { variants: Variant[]; control: string },
  context: z.core.$RefinementCtx,
): void {
  if (!variants.some(({ name }) => name === control))
    context.addIssue({
      code: "custom",
      path: ["control"],
      ...asIssue(noSuchVariant(control, variants)),
    });
}

/** Nobody is there to be asked when a schedule starts an experiment. */
function refuseAimlessSchedule(
  input: {
    schedule: Schedule;
    metrics: ExperimentMetrics;
    clientEvents: string[];
    withoutMetric: string | null;
  },
  context: z.core.$RefinementCtx,
): void {
  if (input.schedule.startAt !== null && input.withoutMetric === null && !hasPrimary(input))
    context.addIssue({ code: "custom", path: ["metrics"], message: NO_PRIMARY });
}

export function noSuchVariant(variant: string, known: readonly { name: string }[]): Sentence {
  return sentence("No variant is named {{variant}}. Choose one of {{known}}.", {
    variant,
    known: known.map(({ name }) => name).join(", "),
  });
}
