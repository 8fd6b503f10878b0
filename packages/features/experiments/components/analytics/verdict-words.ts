import type { Effect, Verdict } from "@calcom/statistics";
import { awaitedOf } from "../../results/awaited";
import type { StoredResult } from "../../results/types";
import { splitShares } from "../shared/split-shares";
import { changeOf } from "./change-words";
import { reachedText } from "./end-words";
import { uncomparedText, unguardedText } from "./guardrail-words";
import { reasonText } from "./reason-words";
import { toGo, type Words } from "./words";

/** Better, worse, not to be trusted yet, no difference that matters, not decided. */
export type VerdictTone = "good" | "bad" | "doubt" | "settled" | "open";

export interface VerdictWords {
  tone: VerdictTone;
  title: string;
  detail: string;
}

/** The verdict in the reader's language, from the same numbers as the table. */
export function verdictWords(result: StoredResult, words: Words): VerdictWords {
  const { t } = words;
  const { analysis } = result;
  const isWithoutMetric =
    result.metrics.length === 0 &&
    result.unknownMetrics.length === 0 &&
    analysis?.verdict.code !== "split_is_off";
  if (analysis !== null && !isWithoutMetric)
    return withEnd(inWords(analysis.verdict, result, words), result, words);
  if (isWithoutMetric)
    return { tone: "open", title: t("results_no_metric"), detail: t("results_no_metric_text") };
  const awaited = awaitedOf(result);
  return awaited === null
    ? { tone: "open", title: t("results_no_answer"), detail: t("chart_exposures_none") }
    : {
        tone: "open",
        title: t("results_too_early", { toGo: toGo(awaited.unitsToGo, awaited.daysToGo, words) }),
        detail: t("results_before_first_look_text"),
      };
}

/** There are results then, and they are shown: what is missing is what may not get worse. */
function isGuardrailUnmeasured({ reason }: Extract<Verdict, { code: "no_answer" }>): boolean {
  return reason.code === "not_measured" && reason.role === "guardrail";
}

function inWords(verdict: Verdict, result: StoredResult, words: Words): VerdictWords {
  const { t, figures } = words;
  switch (verdict.code) {
    case "no_answer":
      if (verdict.reason.code === "guardrail_not_compared")
        return {
          tone: "doubt",
          title: t("results_guardrail_open"),
          detail: uncomparedText(verdict.reason, result, words),
        };
      return {
        tone: "doubt",
        title: t(isGuardrailUnmeasured(verdict) ? "results_no_answer_guardrail" : "results_no_answer"),
        detail: reasonText(verdict.reason, words),
      };
    case "split_is_off": {
      const { observed, expected } = splitShares(verdict.variants, result.control, figures.share);
      const values = { found: observed, expected, p: figures.pEquals(verdict.p) };
      return { tone: "doubt", title: t("results_split_off", values), detail: t("results_split_off_text") };
    }
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
          better: t("results_metric_is", effectOf(verdict.better, words)),
          worse: t("results_metric_is", effectOf(verdict.worse, words)),
        }),
      };
    case "better":
      return {
        tone: "good",
        title: sentences("results_better", verdict.effects, words),
        detail: safeOf(result, verdict.effects, words),
      };
    case "worse":
      return {
        tone: "bad",
        title: sentences("results_worse", verdict.effects, words),
        detail: safeOf(result, verdict.effects, words),
      };
    case "no_longer_clear":
      return {
        tone: "doubt",
        title: t("results_no_longer_clear", effectOf(verdict.effect, words)),
        detail: t("results_no_longer_clear_text"),
      };
    case "no_difference_that_matters":
      return {
        tone: "settled",
        title: t("results_no_difference", {
          metric: primaryOf(result),
          range: changeOf({ ...verdict, scale: "lift" }, null, words),
        }),
        detail: t("results_no_difference_text", {
          effect: figures.percentage(100 * verdict.minimumEffect),
        }),
      };
    case "no_clear_difference": {
      // One range for all of them need not be that of any.
      const variants = variantsOf(result);
      return {
        tone: "open",
        title: t("results_unclear"),
        detail: t(variants > 1 ? "results_unclear_text_many" : "results_unclear_text", {
          variants: figures.count(variants),
          metric: primaryOf(result),
          range: changeOf(verdict, null, words),
        }),
      };
    }
    case "keep_going":
      return {
        tone: "open",
        title: t("results_keep_going", { toGo: toGo(verdict.unitsToGo, verdict.daysToGo, words) }),
        detail: t("results_keep_going_text"),
      };
  }
}

/** Whatever the verdict is: of a test that ended short of its plan it is said what was planned and what came. */
function withEnd(said: VerdictWords, { analysis }: StoredResult, words: Words): VerdictWords {
  const short = analysis?.endedShort ?? null;
  if (short === null) return said;
  const sentence = words.t("results_ended_short", { reached: reachedText(short, words) });
  return { ...said, detail: said.detail === "" ? sentence : `${sentence} ${said.detail}` };
}

/** Nothing is safe of which a guardrail says nothing. */
function safeOf(result: StoredResult, effects: readonly Effect[], words: Words): string {
  const { settings, analysis } = result;
  const unguarded = unguardedText(
    result,
    effects.map(({ variant }) => variant),
    words,
  );
  if (unguarded !== null) return unguarded;
  if (analysis?.endedShort != null) return "";
  return words.t(settings.mode === "sequential" ? "results_safe_sequential" : "results_safe_fixed");
}

/** How many are compared with control. */
function variantsOf({ analysis }: StoredResult): number {
  const primary = analysis?.metrics.find(({ metric }) => metric.role === "primary");
  return primary?.comparisons.length ?? 0;
}

function primaryOf({ metrics }: StoredResult): string {
  return (
    metrics.find(({ role, isChosenAfterStart }) => role === "primary" && !isChosenAfterStart)?.name ?? ""
  );
}

/** More would make one sentence of eleven ranges. */
const MOST_SENTENCES = 3;

/** The first are the strongest; the table has the others. */
function sentences(key: string, effects: readonly Effect[], words: Words): string {
  const more = effects.length - MOST_SENTENCES;
  return [
    ...effects.slice(0, MOST_SENTENCES).map((effect) => words.t(key, effectOf(effect, words))),
    ...(more > 0 ? [words.t("results_better_more", { count: more })] : []),
  ].join(" ");
}

function effectOf(effect: Effect, words: Words) {
  return {
    variant: effect.variant,
    metric: words.nameOf(effect.metric),
    range: changeOf(effect, effect.metric, words),
  };
}
