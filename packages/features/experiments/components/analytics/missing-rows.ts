import type { UnmeasuredMetric } from "../../metrics/planned";
import type { StoredResult } from "../../results/types";

/** Metrics of the plan that no table has a row of; one that is measured otherwise than planned has one, with its mark. */
export function missingRows({
  unmeasured = [],
  analysis,
}: Pick<StoredResult, "unmeasured" | "analysis">): UnmeasuredMetric[] {
  const shown = new Set(analysis?.metrics.map(({ metric }) => metric.id));
  return unmeasured.filter(({ key }) => !shown.has(key));
}
