import { DAY_MS } from "@calcom/lib/time";
import type { Design } from "@calcom/statistics";
import { MINIMUM_DAYS } from "@calcom/statistics/minimum";
import { chooseMinimumUnits } from "../metrics/minimum-units";
import type { Pace } from "./pace";
import type { StoredResult } from "./types";

/** What was decided of an experiment, as a stored result keeps it. */
export type Decided = Pick<
  StoredResult,
  | "control"
  | "variants"
  | "settings"
  | "plannedSubjects"
  | "status"
  | "startedAt"
  | "unit"
  | "windowDays"
  | "plannedComparisons"
>;

/** What the engine is asked at one look, but for the data. */
export function buildDesign(decided: Decided, { isOver, pace }: { isOver: boolean; pace: Pace }): Design {
  const { control, variants, settings, plannedSubjects, status, windowDays } = decided;
  const { mode, minimumRuntimeDays } = settings;
  const { days, units, exposedDays, unitsPerDay, isIdle } = pace;
  // What was planned cannot be waited for any more; a whole week is still needed.
  const minimumDays = isOver ? Math.min(MINIMUM_DAYS, minimumRuntimeDays) : minimumRuntimeDays;
  return {
    control,
    variants,
    mode,
    plannedUnits: plannedSubjects,
    plannedDays: mode === "fixed" ? minimumRuntimeDays : null,
    minimumDays,
    // The last of these days has come when its units have waited for their window.
    ...(exposedDays === undefined
      ? {}
      : { daysUntilMinimum: Math.max(0, minimumDays + windowDays - exposedDays) }),
    days,
    ...(units === undefined ? {} : { units }),
    ...(isOver && pace.reached !== undefined ? { reached: pace.reached } : {}),
    ...(unitsPerDay === null ? {} : { unitsPerDay }),
    // Without new participants, no duration can be estimated.
    phase: isOver ? "over" : status === "running" && !isIdle ? "running" : "paused",
    plannedComparisons: decided.plannedComparisons ?? Math.max(1, variants.length - 1),
    ...chooseMinimumUnits(decided),
  };
}

/** The same at the look of a result. */
export function readDesign(result: StoredResult): Design {
  return buildDesign(result, { isOver: wasMadeAtEnd(result), pace: readPace(result) });
}

/** Results from before days were counted by exposures have the days since their start. */
export function readPace({ pace, startedAt, look, asOf }: StoredResult): Pace {
  if (pace !== undefined) return pace;
  const age = startedAt === null ? 0 : Date.parse(look ?? asOf) - Date.parse(startedAt);
  return { days: Math.max(0, Math.floor(age / DAY_MS)), unitsPerDay: null, isIdle: false };
}

/** Whether the look is the one of the end, at which everybody is read. */
export function wasMadeAtEnd({ look, endedAt }: Pick<StoredResult, "look" | "endedAt">): boolean {
  return look !== null && look === endedAt;
}
