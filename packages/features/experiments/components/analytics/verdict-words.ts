import type { StoredResult } from "../../results/types";
import type { Effect, Verdict } from "../../utils/statistics/results-types";
import { rangeOf, reasonText, toGo, type Words } from "./words";

/** Better, worse, not to be trusted yet, not decided. */
export type VerdictTone = "good" | "bad" | "doubt" | "open";

export interface VerdictWords {
  tone: VerdictTone;
  title: string;
  detail: string;
}

/** The verdict in the reader's language, from the same numbers as the table. */
export function verdictWords({ analysis, settings, metrics }: StoredResult, words: Words): VerdictWords {
  const { t } = words;
  if (analysis === null)
    return {
      tone: "open",
      title: t(metrics.length === 0 ? "results_no_metric" : "results_before_first_look"),
      detail: t(metrics.length === 0 ? "results_no_metric_text" : "results_before_first_look_text"),
    };
  const isSafe = t(settings.mode === "sequential" ? "results_safe_sequential" : "results_safe_fixed");
  return inWords(analysis.verdict, isSafe, words);
}

function inWords(verdict: Verdict, isSafe: string, words: Words): VerdictWords {
  const { t, figures } = words;
  switch (verdict.code) {
    case "no_answer":
      return { tone: "doubt", title: t("results_no_answer"), detail: reasonText(verdict.reason, words) };
    case "split_is_off":
      return { tone: "doubt", title: t("results_withheld"), detail: t("results_withheld_text") };
    case "too_early":
      return {
        tone: "open",
        title: t("results_too_early", { toGo: toGo(verdict.unitsToGo, verdict.daysToGo, words) }),
        detail: t("results_too_early_text"),
      };
    case "before_planned_end":
      return {
        tone: "open",
        title: t("results_before_end", { toGo: toGo(verdict.unitsToGo, verdict.daysToGo, words) }),
        detail: t("results_before_end_text"),
      };
    case "guardrail_worse":
      return {
        tone: "bad",
        title: t("results_guardrail_worse", effectOf(verdict.effect, words)),
        detail: t("results_guardrail_worse_text"),
      };
    case "mixed":
      return {
        tone: "doubt",
        title: t("results_mixed", {
          variant: verdict.better.variant,
          better: words.nameOf(verdict.better.metric),
          worse: words.nameOf(verdict.worse.metric),
        }),
        detail: t("results_mixed_text", {
          better: rangeOf(verdict.better, verdict.better.metric, words),
          worse: rangeOf(verdict.worse, verdict.worse.metric, words),
        }),
      };
    case "better":
      return { tone: "good", title: sentences("results_better", verdict.effects, words), detail: isSafe };
    case "worse":
      return { tone: "bad", title: sentences("results_worse", verdict.effects, words), detail: isSafe };
    case "no_longer_clear":
      return {
        tone: "doubt",
        title: t("results_no_longer_clear", effectOf(verdict.effect, words)),
        detail: t("results_no_longer_clear_text"),
      };
    case "no_difference_that_matters":
      return {
        tone: "open",
        title: t("results_no_difference", {
          range: rangeOf({ ...verdict, scale: "lift" }, null, words),
        }),
        detail: t("results_no_difference_text", {
          effect: figures.percentage(100 * verdict.minimumEffect),
        }),
      };
    case "no_clear_difference":
      return {
        tone: "open",
        title: t("results_unclear"),
        detail: t("results_unclear_text", { range: rangeOf(verdict, null, words) }),
      };
    case "keep_going":
      return {
        tone: "open",
        title: t("results_keep_going", { toGo: toGo(verdict.unitsToGo, verdict.daysToGo, words) }),
        detail: t("results_keep_going_text"),
      };
  }
}

function sentences(key: string, effects: readonly Effect[], words: Words): string {
  return effects.map((effect) => words.t(key, effectOf(effect, words))).join(" ");
}

function effectOf(effect: Effect, words: Words) {
  return {
    variant: effect.variant,
    metric: words.nameOf(effect.metric),
    range: rangeOf(effect, effect.metric, words),
  };
}
