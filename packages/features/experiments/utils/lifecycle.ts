import type { ExperimentPatch } from "../types/input";
import type { Status } from "../types/settings";

export const ACTIONS = ["start", "pause", "resume", "turn_off", "turn_on", "conclude", "archive"] as const;
export type Action = (typeof ACTIONS)[number];

const next: Record<Status, Partial<Record<Action, Status>>> = {
  draft: { start: "running", archive: "archived" },
  running: { pause: "paused", turn_off: "off", conclude: "concluded" },
  paused: { resume: "running", turn_off: "off", conclude: "concluded" },
  off: { turn_on: "running", conclude: "concluded" },
  concluded: { archive: "archived" },
  archived: {},
};

/** Where an experiment stands, as far as it decides what can be done with it. */
export interface Standing {
  status: Status;
  /** It was a flag, which has a brake of its own while it is no experiment. */
  isConverted?: boolean;
  /** That brake is pulled. */
  isTurnedOff?: boolean;
}

/** The state that an action leads to; null if the present state forbids the action. */
export function nextStatus(status: Status, action: Action): Status | null {
  return next[status][action] ?? null;
}

/** Whether the action turns the flag that it was off or on: before the start and after the end, in whatever state. */
export function isFlagsBrake({ status, isConverted = false }: Standing, action: Action): boolean {
  const isUnderWay = isLive(status) || status === "off";
  return isConverted && !isUnderWay && (action === "turn_off" || action === "turn_on");
}

/** The same as `nextStatus` for what may have been a flag: its brake changes no status, and holds up a start. */
export function statusAfter(standing: Standing, action: Action): Status | null {
  const { status, isTurnedOff = false } = standing;
  if (isFlagsBrake(standing, action)) return isTurnedOff === (action === "turn_on") ? status : null;
  return action === "start" && isTurnedOff ? null : nextStatus(status, action);
}

export function actionsFrom(status: Status): Action[] {
  return actionsOf({ status });
}

export function actionsOf(standing: Standing): Action[] {
  return ACTIONS.filter((action) => statusAfter(standing, action) !== null);
}

/** Whether the experiment lets people in, or still shows variants to those who are in. */
export function isLive(status: Status): boolean {
  return status === "running" || status === "paused";
}

export type EditableField = keyof ExperimentPatch;

const PROSE = ["name", "description", "hypothesis", "learning", "tags"] as const satisfies EditableField[];
// Changing who is counted, how, or against what would falsify the data gathered so far. A metric or test that is chosen
// after a look at the data finds what it was chosen for.
const FIXED_ONCE_STARTED = [
  "unit",
  "assignmentType",
  "control",
  "metrics",
  "withoutMetric",
  "conversionWindowDays",
  "analysis",
  "assumptions",
] as const satisfies EditableField[];

/**
 * Whether a setting may be edited: everything in a draft, texts always, and in between whatever keeps the data true.
 */
export function isEditable(field: EditableField, status: Status): boolean {
  if (status === "draft" || isOneOf(PROSE, field)) return true;
  if (status === "concluded" || status === "archived") return false;
  return !isOneOf(FIXED_ONCE_STARTED, field);
}

function isOneOf(fields: readonly EditableField[], field: EditableField): boolean {
  return fields.includes(field);
}
