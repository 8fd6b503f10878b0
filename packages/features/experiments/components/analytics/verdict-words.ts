import type { Effect, NoAnswerReason, Verdict } from "@calcom/statistics";
import { type Awaited, awaitedOf } from "../../results/awaited";
import type { StoredResult } from "../../results/types";
import { verdictWordOf } from "../../results/verdict-word";
import { isOver } from "../../results/withholding";
import type { VerdictWord } from "../../types/health";
import { splitShares } from "../shared/split-shares";
import { changeOf } from "./change-words";
import { reachedText } from "./end-words";
import { uncomparedText, unguardedText } from "./guardrail-words";
import { reasonText } from "./reason-words";
import { unclearWords } from "./unclear-words";
import { type VerdictTone, verdictKeys, verdictTones } from "./verdict-states";
import { toGo, type Words } from "./words";

export interface VerdictWords {
  tone: VerdictTone;
  /** No sentence, so without a full stop. */
  title: string;
  /** Sentences, or nothing. */
  detail: string;
}

/** The verdict in the reader's language, from the same numbers as the table; its state as the list calls it. */
export function verdictWords(result: StoredResult, words: Words): VerdictWords {
  const word = verdictWordOf(result);
  const state = words.t(verdictKeys[word]);
  const { title, rest, detail } = sayMore(word, result, words);
  return {
    tone: verdictTones[word],
    title: title ?? (rest === undefined ? state : `${state}: ${rest}`),
    detail: withEnd(detail, result, words),
  };
}

interface More {
  /** What names the state itself. */
  title?: string;
  /** What follows the state. */
  rest?: string;
  detail: string;
}

function sayMore(word: VerdictWord, result: StoredResult, words: Words): More {
  const { t } = words;
  const { analysis } = result;
  if (word === "no_metric") return { detail: t("results_no_metric_text") };
  if (analysis !== null) return inWords(analysis.verdict, result, words);
  const awaited = awaitedOf(result);
  return awaited === null
    ? { detail: t("chart_exposures_none") }
    : { rest: restOf(awaited, words), detail: t("results_before_first_look_text") };
}

function restOf({ unitsToGo, daysToGo }: Awaited, words: Words): string {
  return words.t("results_to_go", { toGo: toGo(unitsToGo, daysToGo, words) });
}

function sayReason(reason: NoAnswerReason, result: StoredResult, words: Words): More {
  if (reason.code === "guardrail_not_compared") return { detail: uncomparedText(reason, result, words) };
  // There are results then, and they are shown: what is missing is what may not get worse.
  if (reason.code === "not_measured" && reason.role === "guardrail")
    return {
      rest: words.t("results_no_answer_guardrail", { metric: words.nameOf(reason.metric) }),
      detail: words.t("results_no_answer_guardrail_text", { fault: words.faultOf(reason.metric) }),
    };
  return { detail: reasonText(reason, words) };
}

function inWords(verdict: Verdict, result: StoredResult, words: Words): More {
  const { t, figures } = words;
  switch (verdict.code) {
    case "no_answer":
      return sayReason(verdict.reason, result, words);
    case "split_is_off": {
      const { observed, expected } = splitShares(verdict.variants, result.control, figures.share);
      const values = { found: observed, expected, p: figures.pEquals(verdict.p) };
      return { rest: t("results_split_off", values), detail: t("results_split_off_text") };
    }
    case "too_early":
      return { rest: restOf(verdict, words), detail: t("results_too_early_text") };
    case "before_planned_end":
      return { rest: restOf(verdict, words), detail: t("results_before_end_text") };
    case "guardrail_worse":
      return {
        rest: t("results_variant_metric_is", effectOf(verdict.effect, words)),
        detail: t("results_guardrail_worse_text"),
      };
    case "mixed":
      return {
        rest: t("results_mixed", {
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
    case "worse":
      return sayEffects(verdict, result, words);
    case "no_longer_clear":
      return {
        rest: t("results_variant_metric_is", effectOf(verdict.effect, words)),
        detail: joinSentences([
          t("results_no_longer_clear_text"),
          isOver(result) ? "" : t("results_no_longer_clear_next"),
        ]),
      };
    case "no_difference_that_matters":
      return {
        rest: t(variantsOf(result) > 1 ? "results_metric_is_for_each" : "results_metric_is", {
          metric: primaryOf(result),
          variants: figures.count(variantsOf(result)),
          range: changeOf({ ...verdict, scale: "lift" }, null, words),
        }),
        detail: t("results_no_difference_text", {
          effect: figures.percentage(100 * verdict.minimumEffect),
        }),
      };
    case "no_clear_difference":
      return unclearWords(
        verdict,
        { result, metric: primaryInfoOf(result), variants: variantsOf(result) },
        words,
      );
    case "keep_going":
      return { rest: restOf(verdict, words), detail: t("results_keep_going_text") };
  }
}

/** Whatever the verdict is: of a test that ended short of its plan it is said what was planned and what came. */
function withEnd(detail: string, { analysis }: StoredResult, words: Words): string {
  const short = analysis?.endedShort ?? null;
  if (short === null) return detail;
  return joinSentences([words.t("results_ended_short", { reached: reachedText(short, words) }), detail]);
}

function joinSentences(said: readonly string[]): string {
  return said.filter((sentence) => sentence !== "").join(" ");
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

function primaryInfoOf({ metrics }: StoredResult): StoredResult["metrics"][number] | undefined {
  return metrics.find(({ role, isChosenAfterStart }) => role === "primary" && !isChosenAfterStart);
}

function primaryOf(result: StoredResult): string {
  return primaryInfoOf(result)?.name ?? "";
}

/** More would make a title of eleven ranges. */
const MOST_EFFECTS = 3;

/** The first are the strongest; the table has the others. */
function sayEffects(
  { code, effects }: Extract<Verdict, { code: "better" | "worse" }>,
  result: StoredResult,
  words: Words,
): More {
  const { t } = words;
  const more = effects.length - MOST_EFFECTS;
  return {
    title: effects
      .slice(0, MOST_EFFECTS)
      .map((effect) => t(`results_${code}`, effectOf(effect, words)))
      .join("; "),
    detail: joinSentences([
      more > 0 ? t("results_better_more", { count: more }) : "",
      safeOf(result, effects, words),
    ]),
  };
}

function effectOf(effect: Effect, words: Words) {
  return {
    variant: effect.variant,
    metric: words.nameOf(effect.metric),
    range: changeOf(effect, effect.metric, words),
  };
}
