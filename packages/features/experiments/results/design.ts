import { DAY_MS } from "@calcom/lib/time";
import { MINIMUM_DAYS } from "../utils/statistics/minimum";
import type { Design } from "../utils/statistics/types";
import type { StoredResult } from "./types";

/** What was decided of an experiment, as a stored result keeps it. */
export type Decided = Pick<
  StoredResult,
  "control" | "variants" | "settings" | "plannedSubjects" | "status" | "startedAt"
>;

/** What the engine is asked at one moment, but for the data. */
export function designAt(decided: Decided, at: Date, { isOver }: { isOver: boolean }): Design {
  const { control, variants, settings, plannedSubjects, status, startedAt } = decided;
  const { mode, minimumRuntimeDays } = settings;
  const age = startedAt === null ? 0 : at.getTime() - Date.parse(startedAt);
  return {
    control,
    variants,
    mode,
    plannedUnits: plannedSubjects,
    plannedDays: mode === "fixed" ? minimumRuntimeDays : null,
    // What was planned cannot be waited for any more; a whole week is still needed.
    minimumDays: isOver ? Math.min(MINIMUM_DAYS, minimumRuntimeDays) : minimumRuntimeDays,
    days: Math.max(0, Math.floor(age / DAY_MS)),
    phase: isOver ? "over" : status === "running" ? "running" : "paused",
    plannedComparisons: Math.max(1, variants.length - 1),
  };
}

/** The same at the look of a result. */
export function designOf(result: StoredResult): Design {
  return designAt(result, new Date(result.look ?? result.asOf), { isOver: wasMadeAtEnd(result) });
}

/** Whether the look is the one of the end, at which everybody is read. */
export function wasMadeAtEnd({ look, endedAt }: Pick<StoredResult, "look" | "endedAt">): boolean {
  return look !== null && look === endedAt;
}
