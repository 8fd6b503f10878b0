import { awaitedOf } from "../../results/awaited";
import { readPace } from "../../results/design";
import type { StoredResult } from "../../results/types";

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
