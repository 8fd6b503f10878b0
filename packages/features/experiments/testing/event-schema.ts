import { z } from "zod";

// What analytics gets of each event, in one place: the outbox is tested against it, and so are the queries of ANALYSIS.md.

const shared = {
  experiment_slug: z.string().min(1),
  variant: z.string().min(1),
  /** `imported` where a flag had chosen the variant: such subjects are no random sample. */
  assignment_type: z.enum(["deterministic", "random", "imported"]),
  user_id: z.int().positive().optional(),
  team_id: z.int().positive().optional(),
  visitor_id: z.guid().optional(),
  /** On experiments of teams, for PostHog's group analytics. */
  $groups: z.strictObject({ team: z.string().min(1) }).optional(),
  /** Only where the experiment asks for person properties: `experiment_<slug>`. */
  $set: z.record(z.string().startsWith("experiment_"), z.string()).optional(),
  /** Of visitors, who become persons in PostHog by signing in. */
  $process_person_profile: z.literal(false).optional(),
};

const conversion = {
  ...shared,
  conversion_event: z.string().min(1),
  /** Money or another amount; from server code only. */
  value: z.number().optional(),
};

/** The properties of each event that the server sends, besides `$feature/<slug>`, which holds the variant once more. */
export const experimentEventSchemas = {
  /** A subject has seen its variant for the first time. */
  experiment_viewed: z.object(shared).catchall(z.string()).superRefine(refuseOthersThan(shared)),
  /** A conversion was stored. */
  experiment_conversion: z.object(conversion).catchall(z.string()).superRefine(refuseOthersThan(conversion)),
};

export type ExperimentEventName = keyof typeof experimentEventSchemas;

/** The names that a query may use of an event. */
export function propertiesOf(event: ExperimentEventName): string[] {
  return Object.keys(experimentEventSchemas[event].shape);
}

const SUBJECTS = ["user_id", "team_id", "visitor_id"];

function refuseOthersThan(known: object) {
  return (properties: Record<string, unknown>, context: z.core.$RefinementCtx): void => {
    const featureKey = `$feature/${properties.experiment_slug}`;
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    if (properties[featureKey] !== properties.variant) refuse(featureKey, "It is not the variant.");
    if (SUBJECTS.filter((name) => properties[name] !== undefined).length !== 1)
      refuse("user_id", "An event is of one user, one team or one visitor.");
    for (const name of Object.keys(properties)) {
      if (!(name in known) && name !== featureKey) refuse(name, "No such property is sent.");
    }
  };
}
