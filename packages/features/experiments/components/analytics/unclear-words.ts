import type { Verdict } from "@calcom/statistics";
import type { MetricInfo, StoredResult } from "../../results/types";
import { isOver } from "../../results/withholding";
import { boundsOf } from "./change-words";
import type { Words } from "./words";

interface UnclearOf {
  result: StoredResult;
  /** The primary one. */
  metric: MetricInfo | undefined;
  /** How many are compared with control. */
  variants: number;
}

/** What follows the state where nothing was found: within which range the effect still is, and what to do next. */
export function unclearWords(
  verdict: Extract<Verdict, { code: "no_clear_difference" }>,
  { result, metric, variants }: UnclearOf,
  words: Words,
): { rest?: string; detail: string } {
  const { t, figures } = words;
  // One range around all of them is the effect of none.
  const range = variants > 1 ? null : boundsOf(verdict, metric?.key ?? null, words);
  const name = metric?.name ?? "";
  const key = verdict.scale === "lift" ? "results_unclear_lift" : "results_unclear_difference";
  const text = t(variants > 1 ? "results_unclear_text_many" : "results_unclear_text", {
    variants: figures.count(variants),
    metric: name,
  });
  return {
    ...(range !== null && { rest: t(key, { metric: name, range }) }),
    detail: `${text} ${t(nextKey(result))}`,
  };
}

/** What can be done where the plan is fulfilled and nothing was found. */
function nextKey(result: StoredResult): string {
  if (isOver(result)) return "results_unclear_next_over";
  return result.settings.mode === "fixed" ? "results_unclear_next_fixed" : "results_unclear_next_sequential";
}
