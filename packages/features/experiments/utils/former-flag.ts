import type { ExperimentConfig } from "../types/config";
import type { HostId } from "../types/host-id";

/** What those whom a flag had on or off are shown, as long as there is an experiment of that slug. */
export const KEPT_VARIANTS = { on: "treatment", off: "control" } as const;

/** What a flag's rows say for a person: their own row, else those of their teams, else those of organizations. */
export interface FlagSaying {
  readonly isOn: boolean;
  /** It is the person's own row. */
  readonly isOwn: boolean;
}

/** On or off for a person, and what decided it: a row, or the rollout. */
export interface SourcedSaying extends FlagSaying {
  readonly level: "user" | "team" | "organization" | "rollout";
  /** The team or organization whose row it is. */
  readonly team: { readonly id: HostId; readonly name: string } | null;
  /** Null of a rollout: it is told from the hash. */
  readonly since: Date | null;
}

/** The row that the start would give to whom the flag says this. */
export function importedFor({ isOn }: FlagSaying) {
  return { variant: isOn ? KEPT_VARIANTS.on : KEPT_VARIANTS.off, exposedAt: null, isImported: true };
}

/** An experiment that was a flag, or a flag that is asked for as an experiment. */
export interface CompiledFlag {
  /** Its own rows answer, as they are now: nothing has started, or it ended without a winner. */
  readonly answers: boolean;
  /** What it gives where no row says anything. */
  readonly isOnForAll: boolean;
}

/** Whether the rows of the flag that it was are what counts: before the start, and after an end without a winner. */
export function doRowsCount({
  status,
  winnerVariant,
}: Pick<ExperimentConfig, "status" | "winnerVariant">): boolean {
  const isOver = status === "concluded" || status === "archived";
  return status === "draft" || (isOver && winnerVariant === null);
}

export function compileFlag(
  config: Pick<ExperimentConfig, "status" | "winnerVariant" | "convertedFrom">,
): CompiledFlag | null {
  if (config.convertedFrom === null) return null;
  return { answers: doRowsCount(config) && !config.convertedFrom.isTurnedOff, isOnForAll: false };
}
