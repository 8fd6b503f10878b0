import { minimumUnits } from "@calcom/statistics/minimum";
import { chooseMinimumUnits } from "../../metrics/minimum-units";
import { readPace } from "../../results/design";
import type { StoredResult } from "../../results/types";
import { metricKinds } from "../../types/metric-kind";

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

/** Nobody has been analysed by then; the first comparison needs the least that any needs. */
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

/**
 * How much of what is waited for has come, 0 to 1: the slower of days and subjects. Subjects are those whom the analysis
 * compares, as `unitsToGo` counts them, and days are those on which they were exposed. Subjects whose window is still open
 * do not count yet.
 */
export function progressOf(result: StoredResult): number | null {
  const awaited = awaitedOf(result);
  if (awaited === null) return null;
  const { unitsToGo, daysToGo } = awaited;
  const [units, { days }] = [analysedUnits(result), readPace(result)];
  const shares = [
    unitsToGo > 0 ? units / (units + unitsToGo) : 1,
    daysToGo !== null && daysToGo > 0 ? days / (days + daysToGo) : 1,
  ];
  return Math.min(...shares);
}

/** Of the primary metrics, the one that is furthest behind. */
export function analysedUnits({ analysis }: StoredResult): number {
  const primaries = (analysis?.metrics ?? []).filter(({ metric }) => metric.role === "primary");
  if (primaries.length === 0) return 0;
  return Math.min(...primaries.map(({ arms }) => arms.reduce((sum, { units }) => sum + units, 0)));
}
