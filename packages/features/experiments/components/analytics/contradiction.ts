import type { Verdict } from "@calcom/statistics";
import type { StoredResult } from "../../results/types";
import type { ConclusionReason } from "../../types/conclusion";
import { verdictWords } from "./verdict-words";
import type { Words } from "./words";

/** Verdicts that say something else than a reason does. Where nothing is compared, none says anything. */
const AGAINST: Record<ConclusionReason, readonly Verdict["code"][]> = {
  won: ["worse", "guardrail_worse", "no_difference_that_matters", "no_clear_difference", "split_is_off"],
  lost: ["better", "no_difference_that_matters", "no_clear_difference", "split_is_off"],
  no_difference: ["better", "worse", "mixed", "guardrail_worse", "split_is_off"],
  invalid: [],
  stopped_early: [],
};

/** That the verdict says something else than the reason of a conclusion, which remains a person's own; null where not. */
export function contradictionText(
  reason: ConclusionReason | null,
  result: StoredResult | null,
  words: Words,
): string | null {
  const code = result?.analysis?.verdict.code;
  if (reason === null || result === null || code === undefined || !AGAINST[reason].includes(code))
    return null;
  return words.t("results_reason_contradicted", { verdict: verdictWords(result, words).title });
}
