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

/** The state that an action leads to; null if the present state forbids the action. */
export function nextStatus(status: Status, action: Action): Status | null {
  return next[status][action] ?? null;
}

export function actionsFrom(status: Status): Action[] {
  return ACTIONS.filter((action) => action in next[status]);
}

/** Whether the experiment lets people in, or still shows variants to those who are in. */
export function isLive(status: Status): boolean {
  return status === "running" || status === "paused";
}

export type EditableField = keyof ExperimentPatch;

const PROSE = ["name", "description", "hypothesis", "learning"] as const satisfies EditableField[];
// Changing who is counted, how, or against what would falsify the data gathered so far. A metric or test that is chosen
// after a look at the data finds what it was chosen for.
const FIXED_ONCE_STARTED = [
  "unit",
  "assignmentType",
  "control",
  "metrics",
  "conversionWindowDays",
  "analysis",
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
