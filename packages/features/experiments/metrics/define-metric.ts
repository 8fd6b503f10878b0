import { z } from "zod";
import { metricKeySchema } from "../types/metrics";

/**
 * A SELECT over the application's own tables, as reviewed code, that answers what each subject did and when:
 * `subject` (the id of a user or a team), `at` (timestamptz) and, for means and ratios, `value`. It takes no
 * parameters; an index on subject and time keeps it fast.
 */
const querySchema = z.strictObject({
  query: z.strictObject({ user: z.string().min(1).optional(), team: z.string().min(1).optional() }),
});

/** Conversions recorded by this module: how often they happened, or the sum of the values they brought. */
const eventsSchema = z.strictObject({
  events: z.array(z.string().min(1)).min(1),
  take: z.enum(["count", "value"]).default("count"),
});

export const metricSourceSchema = z.union([eventsSchema, querySchema]);

const common = {
  key: metricKeySchema,
  name: z.string().min(1).max(120),
  /** Which way is better. */
  direction: z.enum(["increase", "decrease"]).default("increase"),
  /** The smallest relative effect that matters, as a positive fraction: 0.05 is 5 %. */
  minimumEffect: z.number().positive().nullable().default(null),
  /** Clamps each value into this range first, so that no single value can ruin a mean. */
  bounds: z
    .strictObject({ min: z.number().finite(), max: z.number().finite() })
    .refine(({ min, max }) => min <= 0 && max > min, "Bounds hold 0, what somebody has who did nothing.")
    .default({ min: -1_000_000_000, max: 1_000_000_000 }),
};

/** The currency in which values are written, as an ISO 4217 code. It changes no figure. */
export const currencySchema = z
  .string()
  .refine((code) => Intl.supportedValuesOf("currency").includes(code), {
    error: ({ input }) =>
      `${JSON.stringify(input)} is no currency: give its code of ISO 4217, such as "EUR".`,
  })
  .optional();

/** CUPED uses what is known about a subject from this many days before the exposure. */
const covariateSchema = z
  .strictObject({ days: z.number().int().min(1).max(90) })
  .nullable()
  .default(null);

const conversionSchema = z.strictObject({
  ...common,
  kind: z.literal("conversion"),
  source: metricSourceSchema,
  covariate: covariateSchema,
});

const meanSchema = z.strictObject({
  ...common,
  kind: z.literal("mean"),
  source: metricSourceSchema,
  currency: currencySchema,
  covariate: covariateSchema,
  /** Caps each subject's sum at a value, or at a percentile (0 to 1) of the subjects that have any. */
  winsorize: z
    .union([
      z.strictObject({ value: z.number().positive() }),
      z.strictObject({ percentile: z.number().gt(0.5).lt(1) }),
    ])
    .nullable()
    .default(null),
});

const ratioSchema = z.strictObject({
  ...common,
  kind: z.literal("ratio"),
  numerator: metricSourceSchema,
  denominator: metricSourceSchema,
  currency: currencySchema,
});

export const metricSchema = z
  .discriminatedUnion("kind", [conversionSchema, meanSchema, ratioSchema])
  .refine(
    (metric) => metric.kind === "ratio" || metric.covariate === null || "query" in metric.source,
    "Events are recorded from the assignment on: a covariate needs a query.",
  )
  .refine(({ key }) => !key.startsWith(EVENT_PREFIX), `Keys that begin with event: name recorded events.`);

export type Metric = z.output<typeof metricSchema>;
export type MetricDefinition = z.input<typeof metricSchema>;
export type MetricSource = z.output<typeof metricSourceSchema>;

export const EVENT_PREFIX = "event:";

/**
 * Checks the definition of a metric and fills in defaults.
 *
 * @throws z.ZodError if it cannot be computed
 */
export function defineMetric(definition: MetricDefinition): Metric {
  return metricSchema.parse(definition);
}

/** The metric that every event has without any code: the share of subjects for whom it happened. */
export function defineEventMetric(event: string): Metric {
  return {
    key: `${EVENT_PREFIX}${event}`,
    name: event,
    kind: "conversion",
    source: { events: [event], take: "count" },
    direction: "increase",
    minimumEffect: null,
    covariate: null,
    bounds: { min: 0, max: 1 },
  };
}

/** Where a metric comes from: a ratio from two. */
export function listSources(metric: Metric): MetricSource[] {
  return metric.kind === "ratio" ? [metric.numerator, metric.denominator] : [metric.source];
}
