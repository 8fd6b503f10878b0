import { minimumUnits } from "@calcom/statistics/minimum";
import { chooseMinimumUnits } from "../metrics/minimum-units";
import { metricKinds } from "../types/metric-kind";
import { readPace } from "./design";
import type { StoredResult } from "./types";

/** What is still to come before there is something to say. */
export interface Awaited {
  unitsToGo: number;
  daysToGo: number | null;
}

/** Null where nothing is waited for. */
export function awaitedOf(result: StoredResult): Awaited | null {
  const { analysis } = result;
  if (analysis === null) return beforeFirstLook(result);
  const { verdict } = analysis;
  switch (verdict.code) {
    case "too_early":
    case "before_planned_end":
    case "keep_going":
      return { unitsToGo: verdict.unitsToGo, daysToGo: verdict.daysToGo };
    default:
      return null;
  }
}

/** No one has been analysed at that time. The first comparison needs the minimum data. */
function beforeFirstLook(result: StoredResult): Awaited | null {
  const { settings, variants, plannedSubjects, metrics, windowDays, endedAt } = result;
  if (metrics.length === 0 || endedAt !== null) return null;
  const { kind } = metrics.find(({ role }) => role === "primary") ?? { kind: "conversion" };
  const least = variants.length * minimumUnits(chooseMinimumUnits(result), metricKinds[kind].analysedAs);
  return {
    unitsToGo: settings.mode === "fixed" ? plannedSubjects : least,
    // The last of the days is compared once its window has closed.
    daysToGo: Math.max(1, settings.minimumRuntimeDays + windowDays - readPace(result).days),
  };
}
