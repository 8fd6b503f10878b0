import { number } from "@calcom/lib/gate/numbers";
import { nameText, text, trimmedText } from "@calcom/lib/gate/text";
import { asIssue } from "@calcom/lib/issue";
import { sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { metricKindSchema } from "./metric-kind";

/** Names a metric: one that code defines, or `event:<name>`, whether such an event was recorded. */
export const metricKeySchema = nameText(80, "Use at most 80 characters.")
  .min(1, "Choose a metric.")
  .regex(/^[a-z0-9]+(?:[._:-][a-z0-9]+)*$/, "Use lowercase letters and digits, joined by _, -, . or :.");

/** A metric as it was when the experiment started. */
export const registeredMetricSchema = z.object({
  key: text(80),
  role: z.enum(["primary", "secondary", "guardrail"]),
  kind: metricKindSchema,
  direction: z.enum(["increase", "decrease"]),
  minimumEffect: number().nullable(),
  /** Names everything that its figures depend on. */
  definition: text(100_000),
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
            ...asIssue(sentence("{{key}} is already selected.", { key })),
          });
        seen.add(key);
      });
  });

export type ExperimentMetrics = z.infer<typeof metricsSchema>;

export const NO_METRICS: ExperimentMetrics = { primary: null, secondary: [], guardrails: [] };

export const NO_PRIMARY = "Choose a primary metric, or say why the experiment starts without one.";

/** Why an experiment runs without a primary metric, and so never comes to a verdict. Null where one is chosen. */
export const withoutMetricSchema = trimmedText(500, "Use at most 500 characters.").min(
  1,
  "Say why the experiment starts without a primary metric.",
);

type Measured = { metrics: ExperimentMetrics; clientEvents: readonly string[] };

/** Whether no metric is named, so that each client event is one. */
export function isByEvents({ primary, secondary, guardrails }: ExperimentMetrics): boolean {
  return primary === null && secondary.length === 0 && guardrails.length === 0;
}

/** What a verdict can rest on: the chosen metric, or the first client event where no metric is named. */
export function primaryKeyOf({ metrics, clientEvents }: Measured): string | null {
  const [firstEvent] = isByEvents(metrics) ? clientEvents : [];
  return metrics.primary ?? (firstEvent === undefined ? null : `event:${firstEvent}`);
}

export function hasPrimary(measured: Measured): boolean {
  return primaryKeyOf(measured) !== null;
}

/** The same metrics with another primary one; a metric has one role. */
export function choosePrimary(
  { secondary, guardrails }: ExperimentMetrics,
  primary: string | null,
): ExperimentMetrics {
  const others = (keys: string[]) => keys.filter((key) => key !== primary);
  return { primary, secondary: others(secondary), guardrails: others(guardrails) };
}
