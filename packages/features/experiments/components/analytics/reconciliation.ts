import type { LeftOut, StoredResult } from "../../results/types";
import { isSplitOff } from "./is-compared";
import { analysedUnits } from "./progress";

/** People who saw two variants count for the first one, and are not lost. */
export type LossReason = Exclude<keyof LeftOut, "mixed">;

/** From all who were assigned to all who are compared. */
export interface Reconciliation {
  assigned: number;
  /** In the order in which they drop out; none is zero. */
  less: { reason: LossReason; count: number }[];
  compared: number;
}

/** Null where nothing is compared, and where the numbers do not add up. */
export function reconcile(result: StoredResult): Reconciliation | null {
  const { leftOut, exposed, analysis } = result;
  const hasComparison = analysis?.metrics.some(
    ({ metric, comparisons }) =>
      metric.role === "primary" && comparisons.some(({ status }) => status === "compared"),
  );
  if (!hasComparison || isSplitOff(result)) return null;
  const seen = Object.values(exposed).reduce((sum, count) => sum + count, 0);
  const compared = analysedUnits(result);
  // What an application's tables said of those who were erased cannot be found any more; what events said can.
  const { immature, afterPlannedEnd = 0 } = leftOut;
  const erased = seen - immature - afterPlannedEnd - compared;
  if (erased < 0 || erased > leftOut.erased) return null;
  const less = [
    { reason: "imported", count: leftOut.imported },
    { reason: "notExposed", count: leftOut.notExposed },
    { reason: "immature", count: immature },
    { reason: "afterPlannedEnd", count: afterPlannedEnd },
    { reason: "erased", count: erased },
  ] as const;
  return {
    assigned: seen + leftOut.imported + leftOut.notExposed,
    less: less.filter(({ count }) => count > 0),
    compared,
  };
}
