import { number } from "@calcom/lib/gate/numbers";
import { nameText, text, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";
import { eventNameSchema } from "./names";

// What people define in the catalog: names of what code offers, and typed constants. It never holds SQL.

/** Names a source, a value of it or a filter of it, as code has it. */
const offeredNameSchema = nameText(63).regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "Choose one from the list.");

export const FILTER_OPERATORS = ["is", "is_not", "at_least", "at_most"] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

const TOO_LONG = "Enter a value of at most 200 characters.";

const termFilterSchema = z.strictObject({
  filter: offeredNameSchema,
  operator: z.enum(FILTER_OPERATORS),
  constant: z.union([trimmedText(200, TOO_LONG), number(), z.boolean()], TOO_LONG),
});
export type TermFilter = z.infer<typeof termFilterSchema>;

const eventTermSchema = z.strictObject({
  from: z.literal("events"),
  events: z.array(eventNameSchema).min(1, "Enter an event name.").max(20, "Enter at most 20 events."),
  take: z.enum(["count", "value"]).default("count"),
});

const sourceTermSchema = z.strictObject({
  from: z.literal("source"),
  source: offeredNameSchema,
  /** The value that is summed; null counts rows. */
  value: offeredNameSchema.nullable().default(null),
  filters: z.array(termFilterSchema).max(10, "Use at most ten filters.").default([]),
});

/** What a metric counts, or each half of a ratio. */
export const termSchema = z.discriminatedUnion("from", [eventTermSchema, sourceTermSchema]);
export type MetricTerm = z.infer<typeof termSchema>;

const common = {
  name: trimmedText(120, "Use at most 120 characters.").min(1, "Enter a name."),
  direction: z.enum(["increase", "decrease"]).default("increase"),
  /** The smallest relative effect that matters: 0.05 is 5 %. */
  minimumEffect: number("Enter a number.")
    .gt(0, "Enter more than 0%.")
    .max(10, "Enter at most 1,000%.")
    .nullable()
    .default(null),
};

const NO_PERCENTILE = "Enter more than 50% and less than 100%.";

/** The most that one participant counts for, as a figure or as a percentile of those who have any. */
const capSchema = z
  .union(
    [
      z.strictObject({
        value: number("Enter a number.")
          .gt(0, "Enter a number above 0.")
          .max(1_000_000_000, "Enter at most one billion."),
      }),
      z.strictObject({ percentile: number("Enter a number.").gt(0.5, NO_PERCENTILE).lt(1, NO_PERCENTILE) }),
    ],
    "Enter a number.",
  )
  .nullable()
  .default(null);

const NO_DAYS = "Enter a whole number of days from 1 to 90.";

/** So many days before the exposure tell how somebody was before (CUPED). */
const covariateSchema = z
  .strictObject({ days: number(NO_DAYS).int(NO_DAYS).min(1, NO_DAYS).max(90, NO_DAYS) })
  .nullable()
  .default(null);

const ofOneTerm = { ...common, source: termSchema, covariate: covariateSchema };

export const metricDefinitionSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ ...ofOneTerm, kind: z.literal("conversion") }),
    z.strictObject({ ...ofOneTerm, kind: z.literal("mean"), winsorize: capSchema }),
    z.strictObject({ ...common, kind: z.literal("ratio"), numerator: termSchema, denominator: termSchema }),
  ])
  .refine(
    (metric) => metric.kind === "ratio" || metric.covariate === null || metric.source.from === "source",
    {
      path: ["covariate"],
      error: "Events are recorded only after assignment. Choose a source to use earlier data.",
    },
  );
/** One version of a metric of the catalog. */
export type CatalogDefinition = z.output<typeof metricDefinitionSchema>;
export type CatalogDefinitionInput = z.input<typeof metricDefinitionSchema>;

/** A version as an experiment holds it: whole, so that later versions are none of its business. */
export const heldMetricSchema = z.object({
  key: text(80),
  version: number().int().min(1),
  definition: metricDefinitionSchema,
});
export type HeldMetric = z.infer<typeof heldMetricSchema>;

export const METRIC_STATUSES = ["draft", "ready", "archived"] as const;
export const metricStatusSchema = z.enum(METRIC_STATUSES);
export type MetricStatus = z.infer<typeof metricStatusSchema>;

/** A colon would make it one of recorded events. */
export const catalogKeySchema = nameText(80, "Use at most 80 characters.")
  .min(1, "Enter a key.")
  .regex(
    /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    "Use lowercase letters and digits, joined by -, _ or a period, such as paid-bookings.",
  );

export const metricDescriptionSchema = trimmedText(2_000, "Use at most 2,000 characters.");

export const newMetricSchema = z.strictObject({
  key: catalogKeySchema,
  description: metricDescriptionSchema.default(""),
  status: metricStatusSchema.default("ready"),
  definition: metricDefinitionSchema,
});
export type NewMetric = z.output<typeof newMetricSchema>;

/** What may be changed of one. Another definition is another version. */
export const metricChangeSchema = z.strictObject({
  description: metricDescriptionSchema.optional(),
  status: metricStatusSchema.optional(),
  ownedByMe: z.literal(true).optional(),
  definition: metricDefinitionSchema.optional(),
});
export type MetricChange = z.output<typeof metricChangeSchema>;
