import { analyseExperiment } from "@calcom/statistics";
import { readDesign, wasMadeAtEnd } from "./design";
import { buildEpochs } from "./grid";
import { countSegmentUnits } from "./segment-units";
import type { Receipt } from "./types";

/** Last digits depend on the mathematics of the version of Node. */
const TOLERANCE = 1e-9;

/**
 * Whether the result of a receipt follows from its own counts, by the engine of today. In sentences where it does not.
 * The state of the last look is handed in as that of the one before: of the smallest p so far, the smallest stays.
 */
export function checkResult({ result, recount, metrics, weights }: Receipt): string[] {
  const { analysis } = result;
  if (analysis === null) return [];
  const isOfEnd = wasMadeAtEnd(result);
  const byEpoch = new Map(weights.map(({ epoch, weights }) => [epoch, weights]));
  const again = analyseExperiment({
    ...readDesign(result),
    metrics: analysis.metrics.map(({ metric }) => ({
      metric,
      epochs: result.metrics.find(({ key }) => key === metric.id)?.epochs ?? [],
    })),
    split: result.split,
    segments: countSegmentUnits(recount, byEpoch, null),
    unmeasured: (result.unmeasured ?? []).map(({ key, role }) => ({ id: key, role })),
    previous: analysis.state,
  });
  const counted = metrics.filter(
    (metric) =>
      isOfEnd &&
      !isSameResult(
        result.metrics.find(({ key }) => key === metric.key)?.epochs,
        buildEpochs(recount, metric, byEpoch, null),
      ),
  );
  const compared = again.metrics.filter(({ metric, comparisons, arms }) => {
    const before = analysis.metrics.find((one) => one.metric.id === metric.id);
    return !isSameResult(before?.comparisons, comparisons) || !isSameResult(before?.arms, arms);
  });
  return [
    ...counted.map(({ key }) => `The figures of ${key} do not follow from what was counted.`),
    ...compared.map(({ metric }) => `The comparison of ${metric.id} does not follow from its figures.`),
    // The split of an earlier look is not kept.
    ...(isOfEnd && !isSameResult(analysis.split.bySegment ?? [], again.split.bySegment ?? [])
      ? ["The split by segment does not follow from what was counted."]
      : []),
    ...(isOfEnd && !isSameResult(analysis.verdict, again.verdict)
      ? [`The verdict was ${analysis.verdict.code}, and what was counted gives ${again.verdict.code}.`]
      : []),
  ];
}

function isSameResult(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => isSameResult(value, (b as Record<string, unknown>)[key]))
  );
}
