import { dateLabel } from "@calcom/lib/date-labels";
import type { Health, Problem, VerdictWord } from "../../types/health";
import type { VerdictTone } from "../analytics/verdict-words";

export const verdictTones: Record<VerdictWord, VerdictTone> = {
  better: "good",
  worse: "bad",
  mixed: "doubt",
  no_difference: "settled",
  inconclusive: "open",
  no_longer_clear: "doubt",
  open: "open",
  too_early: "open",
  withheld: "open",
  harmed: "bad",
  unguarded: "doubt",
  untrusted: "doubt",
  no_metric: "open",
  no_answer: "doubt",
};

export const verdictKeys: Record<VerdictWord, string> = {
  better: "health_verdict_better",
  worse: "health_verdict_worse",
  mixed: "health_verdict_mixed",
  no_difference: "health_verdict_no_difference",
  inconclusive: "health_verdict_inconclusive",
  no_longer_clear: "health_verdict_no_longer_clear",
  open: "health_verdict_open",
  too_early: "health_verdict_too_early",
  withheld: "health_verdict_withheld",
  harmed: "health_verdict_harmed",
  unguarded: "health_verdict_unguarded",
  untrusted: "health_verdict_untrusted",
  no_metric: "health_verdict_no_metric",
  no_answer: "health_verdict_no_answer",
};

/** How many have it: "2 without exposures". */
export const problemCountKeys: Record<Problem, string> = {
  split_off: "health_count_split_off",
  guardrail_harmed: "health_count_guardrail_harmed",
  damaged: "health_count_damaged",
  metric_broken: "health_count_metric_broken",
  never_asked: "health_count_never_asked",
  no_traffic: "health_count_no_traffic",
  past_end: "health_count_past_end",
};

type Translate = (key: string, values?: Record<string, string | number>) => string;

interface Words {
  t: Translate;
  locale: string;
  /** "a and b". */
  all: (parts: string[]) => string;
  count: (value: number) => string;
}

/** What one experiment has, with its own facts. */
export function problemText(
  problem: Problem,
  { harmed, broken, lastExposedOn }: Health,
  words: Words,
): string {
  const { t, locale, all } = words;
  switch (problem) {
    case "split_off":
      return t("health_split_off");
    case "guardrail_harmed":
      return t("health_guardrail_harmed", { metrics: all(harmed) });
    case "damaged":
      return t("health_damaged");
    case "metric_broken":
      return broken.length === 0
        ? t("health_results_broken")
        : t("health_metric_broken", { metrics: all(broken) });
    case "never_asked":
      return t("health_never_asked");
    case "no_traffic":
      return lastExposedOn === null
        ? t("health_no_traffic_ever")
        : t("health_no_traffic_since", { day: dateLabel(new Date(lastExposedOn), "UTC", locale) });
    case "past_end":
      return t("health_past_end");
  }
}

/** Until there is a verdict; null where nothing is waited for. */
export function timeLeftText({ daysToGo, unitsToGo }: Health, { t, count }: Words): string | null {
  if (daysToGo !== null && daysToGo > 0) return t("health_days_left", { count: daysToGo });
  if (unitsToGo !== null && unitsToGo > 0)
    return t("health_units_left", { count: unitsToGo, formatted: count(unitsToGo) });
  return null;
}
