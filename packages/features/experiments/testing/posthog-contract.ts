import { z } from "zod";
import type { WireEvent } from "./posthog-payload";

/** An event as PostHog would store it. */
export interface SinkEvent {
  event: string;
  uuid: string;
  distinctId: string;
  timestamp: Date;
  properties: Record<string, unknown>;
  /** `posthog-node` or `web`. */
  sdk: string;
}

const MAX_AGE_MS = 60 * 60_000;
const MAX_AHEAD_MS = 60_000;

// No version is asked for: ours are v5, the SDKs' v4 and v7.
const uuid = z.guid().refine((id) => !/^[0-]+$/.test(id), "is the nil uuid");
const rowId = z.number().int().positive();
// Users, visitors and teams, and nothing that a broken string conversion leaves behind.
const distinctId = z.union([z.string().regex(/^[1-9]\d*$/), z.guid(), z.string().regex(/^team:[1-9]\d*$/)]);

const wire = z.object({
  event: z.string().min(1).max(200),
  uuid,
  timestamp: z.iso.datetime({ offset: true }),
  properties: z.record(z.string(), z.unknown()),
});

/** Ours, by section 1.3 of the contract; what the SDKs add begins with `$`, `token` or `distinct_id`. */
const experimentProperties = z
  .object({
    experiment_slug: z.string().min(1),
    variant: z.string().min(1),
    assignment_type: z.enum(["deterministic", "random", "imported"]),
    user_id: rowId.optional(),
    team_id: rowId.optional(),
    visitor_id: z.guid().optional(),
    conversion_event: z.string().min(1).optional(),
    value: z.number().optional(),
  })
  .catchall(z.never());

/** What is wrong with an event by its own word; nothing where PostHog could use it. */
export function readEvent(raw: WireEvent, now: number): { event: SinkEvent | null; problems: string[] } {
  const parsed = wire.safeParse(raw);
  if (!parsed.success) return { event: null, problems: parsed.error.issues.map(describe) };
  const { event, uuid, timestamp, properties } = parsed.data;
  const id = raw.distinct_id ?? properties.distinct_id;
  const at = new Date(timestamp);
  const problems: string[] = [];
  if (!distinctId.safeParse(id).success) problems.push(`its distinct id is ${JSON.stringify(id)}`);
  if (at.getTime() < now - MAX_AGE_MS || at.getTime() > now + MAX_AHEAD_MS)
    problems.push(`its time is ${timestamp}`);
  if (event === "$feature_flag_called" || event === "$experiment_exposure")
    problems.push("PostHog counts it as an exposure of its own");
  const sdk = String(properties.$lib);
  if (event.startsWith("experiment_"))
    problems.push(...problemsOfExperimentEvent({ event, id, sdk, properties }));
  if (event === "$identify" && !z.guid().safeParse(properties.$anon_distinct_id).success)
    problems.push(`it merges ${JSON.stringify(properties.$anon_distinct_id)}, which is no visitor`);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null && !name.startsWith("$")) problems.push(`${name} is null`);
    if (name.startsWith("$feature/") && typeof value !== "string") problems.push(`${name} is no variant`);
  }
  return {
    event: { event, uuid, distinctId: String(id), timestamp: at, properties, sdk },
    problems,
  };
}

function problemsOfExperimentEvent({
  event,
  id,
  sdk,
  properties,
}: {
  event: string;
  id: unknown;
  sdk: string;
  properties: Record<string, unknown>;
}): string[] {
  const own = Object.entries(properties).filter(([name]) => !/^\$|^(token|distinct_id)$/.test(name));
  const parsed = experimentProperties.safeParse(Object.fromEntries(own));
  if (!parsed.success) return parsed.error.issues.map(describe);
  const { experiment_slug, variant, user_id, team_id, visitor_id, conversion_event, value } = parsed.data;
  const problems: string[] = [];
  const expect = (isSo: boolean, problem: string) => {
    if (!isSo) problems.push(problem);
  };
  const subjects = [user_id?.toString(), team_id && `team:${team_id}`, visitor_id].filter(Boolean);
  expect(sdk === "posthog-node", "a browser sent it");
  expect(subjects.length === 1, `it has ${subjects.length} subjects`);
  expect(subjects[0] === id, `its distinct id is ${String(id)}, its subject ${subjects[0]}`);
  expect(properties[`$feature/${experiment_slug}`] === variant, "$feature/<slug> is not the variant");
  const groups = team_id === undefined ? undefined : JSON.stringify({ team: String(team_id) });
  expect(JSON.stringify(properties.$groups) === groups, "$groups does not name the team");
  const isPersonless = properties.$process_person_profile === false;
  expect(isPersonless === (visitor_id !== undefined), "exactly visitors come without a person profile");
  const isConversion = event === "experiment_conversion";
  expect(isConversion || event === "experiment_viewed", "no such event is planned");
  expect((conversion_event !== undefined) === isConversion, "conversions alone name their event");
  expect(value === undefined || isConversion, "an exposure has no value");
  return problems;
}

/** The same event sent again has the same content: PostHog keeps either copy. */
export function contentOf({ event, distinctId, timestamp, properties }: SinkEvent): string {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([event, distinctId, timestamp, sorted]);
}

function describe({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.map(String).join(".")}: ${message}`;
}
