import { dateLabel } from "@calcom/lib/date-labels";
import type { Health, Problem, VerdictWord } from "../../types/health";
import type { Status } from "../../types/settings";

/** What of it a few words say. */
export const problemKeys: Record<Problem, string> = {
  split_off: "health_kind_split_off",
  guardrail_harmed: "health_kind_guardrail_harmed",
  damaged: "health_kind_damaged",
  metric_broken: "health_kind_metric_broken",
  never_asked: "health_kind_never_asked",
  no_traffic: "health_kind_no_traffic",
  past_end: "health_kind_past_end",
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

/** "Better: +24.5%"; the word alone where no size is known. */
export function stateOfVerdict(key: string, size: string | null, t: Translate): string {
  return size === null ? t(key) : t("health_effect", { state: t(key), size });
}

const WAITING: readonly VerdictWord[] = ["too_early", "open", "withheld"];

/**
 * What is waited for until there is a verdict; null where nothing is. While nobody is added, no time brings it nearer.
 */
export function waitingText(
  { verdict, daysToGo, unitsToGo }: Health,
  status: Status,
  { t, count }: Pick<Words, "t" | "count">,
): string | null {
  if (status === "paused" || status === "off")
    return verdict !== null && WAITING.includes(verdict) ? t("health_waiting_stopped") : null;
  if (daysToGo !== null && daysToGo > 0) return t("health_days_left", { count: daysToGo });
  if (unitsToGo !== null && unitsToGo > 0)
    return t("health_units_left", { count: unitsToGo, formatted: count(unitsToGo) });
  return null;
}
