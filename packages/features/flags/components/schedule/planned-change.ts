import type { FlagChange } from "../../types";

/** `id` is absent of a new one. */
export interface PlannedChange {
  id?: number | undefined;
  at: string;
  change: FlagChange;
}
