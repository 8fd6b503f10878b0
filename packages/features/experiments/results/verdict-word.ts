import type { NoAnswerReason, Verdict } from "@calcom/statistics";
import type { VerdictWord } from "../types/health";
import { awaitedOf } from "./awaited";
import type { StoredResult } from "./types";

/** The state that the verdict of a result is in: the list and the page name it alike. */
export function verdictWordOf(result: StoredResult): VerdictWord {
  const { analysis, metrics, unknownMetrics } = result;
  const isWithoutMetric = metrics.length === 0 && unknownMetrics.length === 0;
  if (isWithoutMetric && analysis?.verdict.code !== "split_is_off") return "no_metric";
  if (analysis !== null) return wordOfVerdict(analysis.verdict);
  // Over before anything was compared, nothing is waited for.
  return awaitedOf(result) === null ? "no_answer" : "too_early";
}

function wordOfVerdict(verdict: Verdict): VerdictWord {
  switch (verdict.code) {
    case "no_answer":
      return wordOfReason(verdict.reason);
    case "split_is_off":
      return "untrusted";
    case "before_planned_end":
      return "withheld";
    case "guardrail_worse":
      return "harmed";
    case "no_difference_that_matters":
      return "no_difference";
    case "no_clear_difference":
      return "inconclusive";
    case "keep_going":
      return "open";
    default:
      return verdict.code;
  }
}

function wordOfReason({ code }: NoAnswerReason): VerdictWord {
  switch (code) {
    case "guardrail_not_compared":
      return "unguarded";
    case "before_planned_end":
      return "withheld";
    case "no_primary_metric":
      return "no_metric";
    case "no_data":
    case "too_few_days":
    case "too_few_units":
    case "too_few_conversions":
      return "too_early";
    default:
      return "no_answer";
  }
}
