import { DAY_MS } from "@calcom/lib/time";
import type { ExperimentResult as Analysis } from "../utils/statistics/results-types";
import type { Design } from "../utils/statistics/types";
import type { Analyse } from "./compute";
import type { StoredResult } from "./types";

/**
 * Adds present figures to a result for somebody who looks too early. They are always valid, whatever the mode, and are
 * compared as soon as the methods allow, however few days have passed. The verdict remains to wait.
 */
export function earlyResult(result: StoredResult, analyse: Analyse): StoredResult {
  const { analysis } = result;
  if (analysis === null) return result;
  const { metrics, guardrails } = analyse({
    ...designOf(result),
    metrics: analysis.metrics.map(({ metric }) => ({
      metric,
      epochs: result.metrics.find(({ key }) => key === metric.id)?.epochs ?? [],
    })),
    split: result.split,
  });
  const early: Analysis = { ...analysis, metrics, guardrails };
  return { ...result, analysis: early };
}

function designOf({ control, variants, plannedSubjects, startedAt, look, asOf }: StoredResult): Design {
  const since = startedAt === null ? null : Date.parse(look ?? asOf) - Date.parse(startedAt);
  return {
    control,
    variants,
    mode: "sequential",
    plannedUnits: plannedSubjects,
    plannedDays: null,
    minimumDays: 0,
    days: since === null ? 0 : Math.max(0, Math.floor(since / DAY_MS)),
    plannedComparisons: Math.max(1, variants.length - 1),
  };
}
