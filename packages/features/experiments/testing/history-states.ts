import { NO_METRICS } from "../types/metrics";
import type { Behaviour, History } from "./history";

/** What a results page can have to say, each as an experiment that says it. */
export const HISTORY_STATES = [
  "too-early",
  "before-end",
  "split-off",
  "better",
  "worse",
  "no-difference",
  "unclear",
  "keep-going",
  "three-variants",
  "two-epochs",
  "guardrail-worse",
  "guardrail-missing",
] as const;
export type HistoryState = (typeof HISTORY_STATES)[number];

const EVEN = { control: 50, urgent: 50 };
const EVENT = "signed-up";
const within = (rate: number, delayHours = 14): { events: Record<string, Behaviour> } => ({
  events: { [EVENT]: { rate, delayHours } },
});

/** Sizes leave the verdicts no doubt: each is more than twice as far from its limit as chance would carry it. */
export function aHistory(state: HistoryState, slug = `history-${state}`): History {
  const { settings, ...history } = states[state];
  return {
    slug,
    ...history,
    settings: { name: NAMES[state], clientEvents: [EVENT], ...settings },
  };
}

const plan = (plannedSubjects: number, mode: "sequential" | "fixed" = "sequential") => ({
  analysis: { mode, plannedSubjects, minimumRuntimeDays: 7 },
});

const states: Record<HistoryState, Omit<History, "slug">> = {
  "too-early": {
    epochs: [{ since: 4.6, weights: EVEN }],
    arms: { control: { subjects: 160, ...within(0.21) }, urgent: { subjects: 155, ...within(0.26) } },
    settings: { conversionWindowDays: 2, ...plan(4_000) },
  },
  "before-end": {
    epochs: [{ since: 12.6, weights: EVEN }],
    arms: { control: { subjects: 700, ...within(0.21) }, urgent: { subjects: 706, ...within(0.3) } },
    settings: plan(6_000, "fixed"),
  },
  "split-off": {
    epochs: [{ since: 20.6, weights: EVEN }],
    arms: { control: { subjects: 3_100, ...within(0.2) }, urgent: { subjects: 2_400, ...within(0.26) } },
    settings: plan(4_000),
  },
  // The experiment of the demo, on users, with what billing and bookings know of them.
  better: {
    epochs: [{ since: 28.6, weights: EVEN }],
    arms: {
      control: { subjects: 2_420, upgrade: { rate: 0.17, delayHours: 16 }, bookings: 2.4 },
      urgent: { subjects: 2_395, upgrade: { rate: 0.245, delayHours: 16 }, bookings: 2.4 },
    },
    settings: {
      unit: "user",
      clientEvents: [],
      metrics: {
        primary: "upgrade",
        secondary: ["monthly-revenue"],
        guardrails: ["bookings-per-event-type"],
      },
      ...plan(4_000),
    },
    unseen: 140,
    imported: 25,
  },
  worse: {
    epochs: [{ since: 24.6, weights: EVEN }],
    arms: { control: { subjects: 3_600, ...within(0.24) }, urgent: { subjects: 3_640, ...within(0.18) } },
    settings: plan(6_000),
  },
  "no-difference": {
    epochs: [{ since: 21.6, weights: EVEN }],
    arms: { control: { subjects: 1_800, bookings: 3 }, urgent: { subjects: 1_815, bookings: 3 } },
    settings: {
      unit: "user",
      clientEvents: [],
      metrics: { ...NO_METRICS, primary: "bookings-per-event-type" },
      ...plan(2_400),
    },
  },
  unclear: {
    epochs: [{ since: 26.6, weights: EVEN }],
    arms: { control: { subjects: 1_900, ...within(0.2) }, urgent: { subjects: 1_880, ...within(0.2) } },
    settings: plan(3_000),
  },
  "keep-going": {
    epochs: [{ since: 15.6, weights: EVEN }],
    arms: { control: { subjects: 1_400, ...within(0.2) }, urgent: { subjects: 1_385, ...within(0.2) } },
    settings: plan(12_000),
  },
  "three-variants": {
    epochs: [{ since: 22.6, weights: { control: 34, urgent: 33, calm: 33 } }],
    arms: {
      control: { subjects: 2_720, ...within(0.2) },
      urgent: { subjects: 2_640, ...within(0.28, 8) },
      calm: { subjects: 2_655, ...within(0.2, 30) },
    },
    settings: plan(7_000),
  },
  "two-epochs": {
    epochs: [
      { since: 26.6, weights: { control: 90, urgent: 10 } },
      { since: 16.6, weights: EVEN },
    ],
    arms: { control: { subjects: 4_200, ...within(0.15) }, urgent: { subjects: 2_270, ...within(0.23) } },
    settings: plan(6_000),
  },
  "guardrail-worse": {
    epochs: [{ since: 21.6, weights: EVEN }],
    arms: { control: { subjects: 1_800, ...both(0.2, 3) }, urgent: { subjects: 1_815, ...both(0.2, 2.2) } },
    settings: {
      unit: "user",
      metrics: { primary: `event:${EVENT}`, secondary: [], guardrails: ["bookings-per-event-type"] },
      ...plan(3_000),
    },
  },
  // As it is once a release has lost the metric.
  "guardrail-missing": {
    epochs: [{ since: 22.6, weights: EVEN }],
    arms: { control: { subjects: 2_400, ...within(0.2) }, urgent: { subjects: 2_385, ...within(0.28) } },
    settings: {
      metrics: { primary: `event:${EVENT}`, secondary: [], guardrails: ["refunds"] },
      ...plan(4_000),
    },
  },
};

function both(rate: number, bookings: number) {
  return { ...within(rate), bookings };
}

const NAMES: Record<HistoryState, string> = {
  "too-early": "Shorter sign-up",
  "before-end": "Sign-up without a password",
  "split-off": "Sign-up with a redirect",
  better: "Upgrade button",
  worse: "Sign-up in two steps",
  "no-difference": "Calmer booking page",
  unclear: "New sign-up picture",
  "keep-going": "Sign-up on the first page",
  "three-variants": "Tone of the sign-up",
  "two-epochs": "Sign-up with a tour",
  "guardrail-worse": "Sign-up before booking",
  "guardrail-missing": "Sign-up with a trial",
};
