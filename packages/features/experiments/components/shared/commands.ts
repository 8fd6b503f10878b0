import type { EndPreview } from "../../results/types";
import type { ExperimentSummary } from "../../types/admin";
import type { ConclusionReason } from "../../types/conclusion";
import { type Action, actionsFrom, actionsOf } from "../../utils/lifecycle";

/** What can be done to an experiment as a whole. */
export type Command = Action | "take_back" | "duplicate" | "revert" | "delete";

/** A command with what its dialog asked for. */
export type CommandOrder =
  | { command: Exclude<Command, "start" | "conclude" | "duplicate" | "revert" | "delete"> }
  | { command: "revert" }
  /** With the plan that the dialog showed, where it could show one, and with what it asked about the metric. */
  | { command: "start"; plannedSubjects?: number; primaryMetric?: string; withoutMetric?: string }
  | {
      command: "conclude";
      winnerVariant: string | null;
      reason: ConclusionReason;
      learning: string;
      /** The final figures that the choice was made by, where they were there. */
      seenEnd?: EndPreview;
    }
  | { command: "duplicate"; newSlug: string; name: string }
  | { command: "delete"; confirmSlug?: string };

/** A refusal in words fit to show, or null once it is done. */
export type CommandRefusal = {
  code: string | null;
  message: string;
  /** The field that it is about, where it is about one. */
  field?: string;
  /** Who changed what, if it is refused because somebody changed it in the meantime. */
  changed?: string;
};

export type RunCommand = (
  experiment: ExperimentSummary,
  order: CommandOrder,
) => Promise<CommandRefusal | null>;

export type Standing = Pick<ExperimentSummary, "status" | "damage" | "isConverted" | "isTurnedOff"> &
  Partial<Pick<ExperimentSummary, "takeBackUntil">>;

/** What the lifecycle allows now, in the order of the buttons. A damaged experiment can only be deleted. */
export function commandsFor({ damage, takeBackUntil = null, ...standing }: Standing): Command[] {
  const { isConverted } = standing;
  if (damage !== null) return ["delete"];
  return [
    ...(takeBackUntil !== null && Date.now() < takeBackUntil.getTime() ? ["take_back" as const] : []),
    ...actionsOf(standing),
    "duplicate",
    ...(isConverted ? ["revert" as const] : []),
    "delete",
  ];
}

/** Stops it, or lets it run. */
export type RunningCommand = Extract<Action, "start" | "pause" | "resume" | "turn_on">;

/**
 * What stops it while it runs, and lets it run while it does not. Pausing flips nobody; turning off for everybody is a
 * decision of its own. Null where the lifecycle is over.
 */
export function runningCommand({
  status,
  damage,
  isTurnedOff,
}: Pick<ExperimentSummary, "status" | "damage"> & { isTurnedOff?: boolean }): RunningCommand | null {
  if (damage !== null || isTurnedOff) return null;
  if (status === "running") return "pause";
  const allowed = actionsFrom(status);
  return (["start", "resume", "turn_on"] as const).find((command) => allowed.includes(command)) ?? null;
}

/** Pause and resume flip nobody and undo each other: they are done at once. All else says its consequences first. */
export type CommandAtOnce = "pause" | "resume";

export function needsDialog(command: Command): command is Exclude<Command, CommandAtOnce> {
  return command !== "pause" && command !== "resume";
}

/** Damaged settings can be set anew as long as nobody was assigned by them. */
export function isMendable({
  damage,
  assignments,
}: Pick<ExperimentSummary, "damage" | "assignments">): boolean {
  return damage === null || assignments === 0;
}
