import { asIssue, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { conditionSchema } from "./lib/condition-schema";
import { isStorable, type Json, NOT_STORABLE, payloadSchema } from "./utils/payload-schema";

export type { Json } from "./utils/payload-schema";

// ─── Names ───────────────────────────────────────────────────────────────────

const PAGES = new Set(["new", "activity", "people"]);

/** Also a path segment, a PostHog property and part of a hash key: so narrow, and never changed. */
export const slugSchema = z
  .string()
  .min(1, "Give the experiment a slug.")
  .max(64, "Use at most 64 characters.")
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "Use lower-case letters, digits and single hyphens, such as upgrade-button-test.",
  )
  .refine((slug) => !PAGES.has(slug), "The admin has a page of that name: choose another slug.");

/** Names what is there already: slugs from before the rule above are still found. */
export const knownSlugSchema = z
  .string()
  .min(1, "Name the experiment.")
  .max(200, "No slug is that long.")
  .refine(isStorable, NOT_STORABLE);

export const searchSchema = z
  .string()
  .trim()
  .max(100, "Search for at most 100 characters.")
  .refine(isStorable, NOT_STORABLE);

export const variantNameSchema = z
  .string()
  .min(1, "Give the variant a name.")
  .max(64, "Use at most 64 characters.")
  .regex(
    /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
    "Use lower-case letters, digits, hyphens and underscores, such as variant-a.",
  )
  // PostHog reads these two as booleans.
  .refine(
    (name) => name !== "true" && name !== "false",
    "PostHog reads true and false as flags: choose another name.",
  );

export const eventNameSchema = z
  .string()
  .min(1, "Name the event.")
  .max(64, "Use at most 64 characters.")
  .regex(/^[a-z0-9]+(?:[._:-][a-z0-9]+)*$/, "Use lower-case letters and digits, joined by _, -, . or :.");

// ─── Configuration ───────────────────────────────────────────────────────────

export const statusSchema = z.enum(["draft", "running", "paused", "off", "concluded", "archived"]);
export type Status = z.infer<typeof statusSchema>;

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

/** All that is named must hold; an empty object targets everybody. */
export const targetingRulesSchema = z.strictObject({
  plans: z.array(planSchema).max(3).optional(),
  teamIds: idsSchema.optional(),
  organizationIds: idsSchema.optional(),
  /** Leaves out whoever belongs to any organization. */
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

const metricKeysSchema = z.array(metricKeySchema).max(20, "Choose at most 20 metrics.");

/** What is measured. Where nothing is chosen, each client event is, and the first of them decides. */
export const metricsSchema = z
  .strictObject({
    /** The one that the verdict rests on. */
    primary: metricKeySchema.nullable(),
    secondary: metricKeysSchema,
    /** What may not get worse. */
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

export const analysisSchema = z.strictObject({
  /** `sequential` may be read at any time; `fixed` compares at the planned end and not before. */
  mode: z.enum(["sequential", "fixed"]),
  /** Subjects over all variants that the experiment is planned for; null leaves it to a default. */
  plannedSubjects: z
    .number("Type a number.")
    .int("Use a whole number.")
    .min(100, "Plan for at least 100 subjects.")
    .max(1_000_000_000, "Plan for at most a thousand million subjects.")
    .nullable(),
  /** No verdict before that many days. */
  minimumRuntimeDays: z
    .number("Type a number.")
    .int("Use whole days.")
    .min(1, "Run for at least one day.")
    .max(90, "Use at most 90 days."),
});
/** How the results are read. Decided before the start and frozen then, or the error rates would not hold. */
export type AnalysisSettings = z.infer<typeof analysisSchema>;
export const DEFAULT_ANALYSIS: AnalysisSettings = {
  mode: "sequential",
  plannedSubjects: null,
  minimumRuntimeDays: 7,
};

const momentSchema = z.iso.datetime({ offset: true, error: "Choose a day and a time." }).nullable();

/** What happens by itself, each once; null where nothing does. */
export const scheduleSchema = z
  .strictObject({
    /** When a draft starts. */
    startAt: momentSchema,
    /** When it pauses: nobody is taken in any more, and nobody who is in sees anything else. */
    stopAt: momentSchema,
  })
  .refine(({ startAt, stopAt }) => !startAt || !stopAt || Date.parse(startAt) < Date.parse(stopAt), {
    path: ["stopAt"],
    message: "The end must come after the start.",
  });
export type Schedule = z.infer<typeof scheduleSchema>;
export const NO_SCHEDULE: Schedule = { startAt: null, stopAt: null };

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

/** What an admin may set; the rest of the configuration is kept by the service. */
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
    conversionWindowDays: settings.conversionWindowDays.default(14),
    setPersonProperties: settings.setPersonProperties.default(false),
    metrics: settings.metrics.default(NO_METRICS),
    analysis: settings.analysis.default(DEFAULT_ANALYSIS),
    schedule: settings.schedule.default(NO_SCHEDULE),
  })
  .superRefine(refuseUnknownControl);
export type ExperimentInput = z.infer<typeof experimentInputSchema>;
/** What a form holds: the same before defaults are filled in. */
export type ExperimentFormValues = z.input<typeof experimentInputSchema>;

/** Only what is named is changed: saving one part never erases another. */
export const experimentPatchSchema = z.strictObject(settings).partial();
export type ExperimentPatch = z.infer<typeof experimentPatchSchema>;

/** What of a form says how long the experiment takes. */
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
/** What `Feature.metadata` holds. */
export const experimentConfigSchema = z.object({
  ...settingsInMetadata,
  // Rows from before there were metrics and schedules have none of these.
  metrics: metricsSchema.default(NO_METRICS),
  analysis: analysisSchema.default(DEFAULT_ANALYSIS),
  schedule: scheduleSchema.default(NO_SCHEDULE),
  status: statusSchema,
  /** Stored at creation and never changed; whoever shares it shares the assignment. */
  salt: z.string().min(1).max(200),
  hashVersion: z.literal(1),
  /** The current epoch; 0 before the first start. */
  epoch: z.number().int().min(0),
  winnerVariant: z.string().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  ownerId: z.number().int().nullable(),
  /** The flag that it was before, so that it can be made one again; null where it never was. */
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
      ...asIssue(sentence("No variant is named {{variant}}.", { variant: control })),
    });
}

// ─── Answers ─────────────────────────────────────────────────────────────────

/** What is known of a subject; loaded by the server alone, and only where a rule needs it. */
export interface Facts {
  plan: Plan | null;
  teamIds: readonly number[];
  organizationIds: readonly number[];
  attributes: Readonly<Record<string, unknown>>;
}

/** Of a subject about whom nothing is known, or nothing was asked. */
export const NO_FACTS: Facts = { plan: null, teamIds: [], organizationIds: [], attributes: {} };

export type ServedReason = "override" | "winner" | "sticky" | "allocated";
export type UnservedReason =
  | "not_running"
  | "bot"
  | "no_unit"
  | "no_consent"
  | "paused"
  | "not_targeted"
  | "excluded"
  | "not_in_traffic"
  | "rate_limited"
  | "unavailable";
export type Reason = ServedReason | UnservedReason;

export type Decision = { variant: string; reason: ServedReason } | { variant: null; reason: UnservedReason };

/** A decision as it leaves the server. */
export type ExperimentAnswer = Decision & {
  slug: string;
  unit: Unit | null;
  /** The subject that was decided for, such as `user:12`; null where there is none. */
  subject: string | null;
  /** Whether to show what has always been there: also true without a variant. */
  isControl: boolean;
  isNewAssignment: boolean;
  assignmentType: AssignmentType | null;
  payload: Json | null;
};

// ─── What a browser may say ──────────────────────────────────────────────────

/** Claims about the subject, as in the hooks' options. They are checked against the request, never believed. */
export const claimsSchema = z.object({
  userId: z.number().int().optional(),
  teamId: z.number().int().optional(),
  visitorId: z.string().max(100).optional(),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Milliseconds between what happened in the browser and its report; the server subtracts at most five minutes. */
const ageMsSchema = z.number().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

export const MAX_BATCH = 50;
export const exposureSchema = claimsSchema.extend({
  slug: knownSlugSchema,
  /** What the page showed; where the stored row says otherwise, nothing is counted. */
  variant: z.string().max(64).optional(),
  ageMs: ageMsSchema,
});
export type ExposureReport = z.input<typeof exposureSchema>;
export const exposuresSchema = z.object({ exposures: z.array(exposureSchema).min(1).max(MAX_BATCH) });

export const conversionSchema = claimsSchema.extend({
  /** Without one it counts for every experiment that declares the event and has the subject. */
  slug: knownSlugSchema.optional(),
  event: eventNameSchema,
  /** Repeating a report with its key counts once. */
  key: z.string().min(1).max(100).refine(isStorable, NOT_STORABLE),
  ageMs: ageMsSchema,
  value: z
    .undefined("Browsers report no values: money comes from server code, by trackConversion.")
    .optional(),
});
export type ConversionReport = z.input<typeof conversionSchema>;
export const conversionsSchema = z.object({ conversions: z.array(conversionSchema).min(1).max(MAX_BATCH) });

export const LIST_SORTS = ["changed", "name", "subjects", "created"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

// ─── What an admin sees ──────────────────────────────────────────────────────

export interface ExperimentSummary {
  slug: string;
  name: string;
  status: Status;
  unit: Unit;
  assignmentType: AssignmentType;
  variants: Variant[];
  control: string;
  winnerVariant: string | null;
  owner: { id: number; name: string } | null;
  assignments: number;
  /** Of the last 24 hours, by their first exposure. */
  recentExposures: number;
  /** Whether subjects are not split as configured, by the newest result: its comparison is not to be trusted. */
  isSplitOff: boolean;
  version: number;
  updatedAt: Date;
  updatedBy: { id: number; name: string } | null;
  /** Whether it was a flag, and can be made one again while nobody was assigned. */
  isConverted: boolean;
  /** Why the stored configuration cannot be used; null where it can. */
  damage: string | null;
}

export interface Epoch {
  number: number;
  weights: Record<string, number>;
  trafficPercentage: number;
  startedAt: Date;
  endedAt: Date | null;
}

export interface ExperimentDetail extends ExperimentSummary {
  description: string;
  /** Null where it is damaged. */
  config: ExperimentConfig | null;
  epochs: Epoch[];
}

export interface VariantStats {
  variant: string;
  assigned: number;
  exposed: number;
  /** Exposed subjects with a conversion that counts, of any event. */
  converted: number;
  /** The same by event. */
  events: { event: string; converted: number }[];
}

export interface ExperimentStats {
  variants: VariantStats[];
  /** Rows that a flag brought along; shown, never compared. */
  imported: number;
  /** Visitors linked to a person who saw another variant elsewhere; shown, never compared. */
  mixed: number;
}
