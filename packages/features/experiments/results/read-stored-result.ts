import { isRecord } from "@calcom/lib/json";
import type { StoredResult } from "./types";

const LISTS = ["variants", "split", "metrics", "unknownMetrics", "novelty", "segments"];
const RECORDS = ["settings", "exposed", "leftOut", "series", "chain"];

/**
 * The result as it was stored; null where somebody has edited it into what none is. Then the experiment is as before
 * its first result, until the next recount replaces it.
 */
export function readStoredResult(stored: unknown): StoredResult | null {
  return isResult(stored) ? stored : null;
}

function isResult(stored: unknown): stored is StoredResult {
  if (!isRecord(stored) || typeof stored.slug !== "string" || typeof stored.asOf !== "string") return false;
  return (
    !Number.isNaN(Date.parse(stored.asOf)) &&
    LISTS.every((part) => Array.isArray(stored[part])) &&
    RECORDS.every((part) => isRecord(stored[part])) &&
    (stored.analysis === null || isAnalysis(stored.analysis))
  );
}

function isAnalysis(analysis: unknown): boolean {
  return (
    isRecord(analysis) &&
    Array.isArray(analysis.metrics) &&
    isRecord(analysis.verdict) &&
    isRecord(analysis.split)
  );
}
