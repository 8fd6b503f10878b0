import type { StoredResult } from "../../../results/types";

/** What is awaited before variants are held against each other in any way; null where nothing is. */
export function waitingKey({ analysis }: StoredResult): string | null {
  if (analysis === null || analysis.verdict.code === "too_early") return "chart_too_early";
  return analysis.verdict.code === "before_planned_end" ? "chart_before_end" : null;
}
