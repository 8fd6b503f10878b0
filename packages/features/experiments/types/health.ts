import type { Status } from "./settings";

/** What needs somebody, the gravest first. */
export const PROBLEMS = [
  "split_off",
  "guardrail_harmed",
  "damaged",
  "metric_broken",
  "never_asked",
  "no_traffic",
  "past_end",
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** Before the start and after the end nobody has to do anything. */
export const WATCHED_STATUSES = ["running", "paused", "off"] as const satisfies readonly Status[];
/** Who has paused an experiment expects nobody to come. */
export const ONLY_WHILE_RUNNING = ["never_asked", "no_traffic"] as const satisfies readonly Problem[];

/** The verdict in a word, as far as it may be read. */
export const VERDICT_WORDS = [
  "better",
  "worse",
  "mixed",
  "no_difference",
  "inconclusive",
  "no_longer_clear",
  "open",
  "too_early",
  "withheld",
  "harmed",
  "unguarded",
  "untrusted",
  "no_metric",
  "no_answer",
] as const;
export type VerdictWord = (typeof VERDICT_WORDS)[number];

/** What the list says of an experiment, as the background has found it. Nothing in it compares what is withheld. */
export interface Health {
  /** ISO 8601. */
  asOf: string;
  /** Null where nothing could be computed. */
  verdict: VerdictWord | null;
  /** Until there is a verdict; null where nobody knows, and where nothing is waited for. */
  daysToGo: number | null;
  unitsToGo: number | null;
  problems: Problem[];
  /** The last UTC day on which somebody was exposed. */
  lastExposedOn: string | null;
  /** The names of guardrails that got worse. */
  harmed: string[];
  /** The metrics that could not be computed, by name or, where code no longer has one, by key. */
  broken: string[];
}
