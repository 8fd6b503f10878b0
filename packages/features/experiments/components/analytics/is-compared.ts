import type { Verdict } from "@calcom/statistics";
import type { ResultsView, StoredResult } from "../../results/types";

/**
 * Whether variants are held against each other, anywhere on the page. Not while the first comparison is awaited, unless
 * somebody looks early, which is written down; and not where the split is off, for the groups are not alike.
 */
export function isCompared(
  { analysis }: StoredResult,
  { figures, isAllWithheld }: Pick<ResultsView, "figures" | "isAllWithheld">,
): boolean {
  if (analysis === null || analysis.metrics.length === 0 || isSplitOff({ analysis })) return false;
  return figures === "early" || (!isAllWithheld && !AWAITED.has(analysis.verdict.code));
}

/** Of an experiment that is over, and whose last figures are still to be computed. */
const AWAITED: ReadonlySet<Verdict["code"]> = new Set(["too_early", "before_planned_end"]);

export function isSplitOff({ analysis }: Pick<StoredResult, "analysis">): boolean {
  return analysis?.split.status === "off";
}
