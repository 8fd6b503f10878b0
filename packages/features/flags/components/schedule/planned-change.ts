import type { FlagChange } from "../../types";

/** `seen` is absent of a new one. */
export interface PlannedChange {
  seen?: { id: number; version: number } | undefined;
  at: string;
  change: FlagChange;
}
