import type { Analysis } from "@calcom/statistics";
import type { Analyse } from "./computation";
import { readDesign } from "./design";
import type { StoredResult } from "./types";

/**
 * Adds present figures to a result for somebody who looks too early. They are always valid, whatever the mode, and are
 * compared as soon as the methods allow, however few days there are. The verdict remains to wait.
 */
export function revealEarly(result: StoredResult, analyse: Analyse): StoredResult {
  const { analysis } = result;
  if (analysis === null) return result;
  const { metrics, guardrails } = analyse({
    ...readDesign(result),
    mode: "sequential",
    plannedDays: null,
    minimumDays: 0,
    metrics: analysis.metrics.map(({ metric }) => ({
      metric,
      epochs: result.metrics.find(({ key }) => key === metric.id)?.epochs ?? [],
    })),
    split: result.split,
  });
  const early: Analysis = { ...analysis, metrics, guardrails };
  return { ...result, analysis: early };
}
