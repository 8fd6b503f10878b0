import { DAY_MS } from "@calcom/lib/time";
import type { Pool } from "../sql/runner";
import { type ExperimentConfig, experimentConfigSchema } from "../types/config";
import { aConfig } from "./builders";
import {
  BOOKINGS_SQL,
  CONVERSIONS_SQL,
  EXPERIMENT_SQL,
  PEOPLE_SQL,
  SUBJECTS_SQL,
  UPGRADES_SQL,
} from "./history-sql";

/** What the subjects of one variant do after their exposure, each with its own chance and in its own time. */
export interface Behaviour {
  /** Of the subjects, 0 to 1. */
  rate: number;
  /** On average between exposure and event; half of that is the most likely. */
  delayHours: number;
}

export interface HistoryArm {
  subjects: number;
  /** By the name of the recorded event. */
  events?: Record<string, Behaviour>;
  /** Who buys a team, as the metrics of billing read it; users alone. */
  upgrade?: Behaviour;
  /** Bookings for each of the event types that a subject makes, on average; users alone. */
  bookings?: number;
}

export interface HistoryEpoch {
  /** Days before now. */
  since: number;
  weights: Record<string, number>;
}

/** An experiment as it would be had it run for weeks. Deterministic: the same history gives the same people. */
export interface History {
  slug: string;
  /** In the order of time, the first from the start of the experiment. */
  epochs: HistoryEpoch[];
  arms: Record<string, HistoryArm>;
  /** Over those of `aConfig`; a visitor's experiment where nothing else is said. */
  settings?: Partial<ExperimentConfig>;
  /** Assigned in the last days, and never exposed. */
  unseen?: number;
  /** Kept from a flag, which is no random sample. */
  imported?: number;
}

/**
 * Writes the rows that weeks of traffic would have left, in a handful of statements: the experiment, its epochs, the
 * people, what they saw and what they did. Results are not written: the service counts them.
 */
export async function writeHistory(pool: Pool, history: History): Promise<ExperimentConfig> {
  const { slug, epochs, arms, settings = {}, unseen = 0, imported = 0 } = history;
  const now = Date.now();
  const at = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString();
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`The history ${slug} has no epoch.`);
  const config = experimentConfigSchema.parse(
    aConfig({
      unit: "visitor",
      conversionWindowDays: 3,
      variants: Object.entries(last.weights).map(([name, percentage]) => ({ name, percentage })),
      startedAt: at(first.since),
      epoch: epochs.length,
      ...settings,
    }),
  );
  const spans = epochs.map(({ since, weights }, index) => {
    const until = epochs[index + 1]?.since ?? 0;
    return {
      number: index + 1,
      weights,
      from: at(since),
      until: at(until),
      isLast: index + 1 === epochs.length,
    };
  });
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(EXPERIMENT_SQL, [slug, config, JSON.stringify(spans)]);
    const people = JSON.stringify(
      Object.entries(arms).flatMap(([variant, { subjects }]) =>
        shareOut(subjects, variant, spans).map((share) => ({ variant, ...share })),
      ),
    );
    if (config.unit === "user") await client.query(PEOPLE_SQL, [slug, people]);
    await client.query(SUBJECTS_SQL, [slug, people, config.unit, unseen, imported, config.control]);
    await client.query(CONVERSIONS_SQL, [slug, JSON.stringify(eventsOf(arms))]);
    await client.query(UPGRADES_SQL, [slug, JSON.stringify(upgradesOf(arms))]);
    await client.query(BOOKINGS_SQL, [slug, JSON.stringify(bookingsOf(arms))]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
  // Of rows that came all at once, the planner knows nothing yet.
  await pool.query(`ANALYZE "ExperimentVariant", "ExperimentConversion"`);
  return config;
}

interface Span {
  number: number;
  weights: Record<string, number>;
  from: string;
  until: string;
}

/** Of a variant's subjects, each epoch has what its length and its weight give it. */
function shareOut(subjects: number, variant: string, spans: readonly Span[]) {
  const sizes = spans.map(
    ({ from, until, weights }) => (Date.parse(until) - Date.parse(from)) * (weights[variant] ?? 0),
  );
  const all = sizes.reduce((total, size) => total + size, 0);
  return spans.map(({ number, from, until }, index) => ({
    epoch: number,
    from,
    until,
    n: all === 0 ? 0 : Math.round((subjects * (sizes[index] ?? 0)) / all),
  }));
}

const eventsOf = (arms: History["arms"]) =>
  Object.entries(arms).flatMap(([variant, { events = {} }]) =>
    Object.entries(events).map(([event, behaviour]) => ({ variant, event, ...behaviour })),
  );

const upgradesOf = (arms: History["arms"]) =>
  Object.entries(arms).flatMap(([variant, { upgrade }]) =>
    upgrade === undefined ? [] : [{ variant, ...upgrade }],
  );

const bookingsOf = (arms: History["arms"]) =>
  Object.entries(arms).flatMap(([variant, { bookings }]) =>
    bookings === undefined ? [] : [{ variant, bookings }],
  );
