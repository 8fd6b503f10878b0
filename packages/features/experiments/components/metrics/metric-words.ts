import type { Translate } from "@calcom/lib/i18n";
import { asRefusal, type Sentence, say } from "@calcom/lib/sentence";
import type { FilterOperator, MetricStatus, MetricTerm } from "../../types/metric-catalog";
import type { MetricKind } from "../../types/metric-kind";
import type { OfferedSource } from "../../types/metric-views";
import type { Format } from "../shared/format";

export const metricKindKeys: Record<MetricKind, string> = {
  conversion: "metric_kind_conversion",
  mean: "metric_kind_mean",
  ratio: "metric_kind_ratio",
};

export const metricKindSentenceKeys: Record<MetricKind, string> = {
  conversion: "metric_kind_conversion_sentence",
  mean: "metric_kind_mean_sentence",
  ratio: "metric_kind_ratio_sentence",
};

export const metricStatusKeys: Record<MetricStatus, string> = {
  draft: "metric_status_draft",
  ready: "metric_status_ready",
  archived: "metric_status_archived",
};

export const operatorKeys: Record<FilterOperator, string> = {
  is: "metric_operator_is",
  is_not: "metric_operator_is_not",
  at_least: "metric_operator_at_least",
  at_most: "metric_operator_at_most",
};

export interface Words {
  t: Translate;
  format: Pick<Format, "all" | "list">;
  sources: readonly OfferedSource[];
}

/** "Count of Bookings where Minutes is at least 30". What code no longer offers keeps its key. */
export function termText(term: MetricTerm, words: Words): string {
  const { t, format, sources } = words;
  if (term.from === "events")
    return t(term.take === "count" ? "metric_counts_events" : "metric_sums_events", {
      events: format.list(term.events),
    });
  const source = sources.find(({ key }) => key === term.source);
  const name = source?.name ?? term.source;
  const value = source?.values.find(({ key }) => key === term.value)?.name ?? term.value;
  const counted =
    value === null
      ? t("metric_counts_rows", { source: name })
      : t("metric_sums_values", { source: name, value });
  if (term.filters.length === 0) return counted;
  const filters = term.filters.map(({ filter, operator, constant }) =>
    [
      source?.filters.find(({ key }) => key === filter)?.name ?? filter,
      t(operatorKeys[operator]),
      typeof constant === "boolean" ? t(constant ? "metric_true" : "metric_false") : String(constant),
    ].join(" "),
  );
  return t("metric_where", { counted, filters: format.all(filters) });
}

/** "Count of Bookings ÷ Count of Event types"; null where it cannot be read. */
export function countsText(counts: readonly (MetricTerm | null)[], words: Words): string | null {
  if (counts.length === 0) return null;
  const texts = counts.map((term) =>
    term === null ? words.t("metric_counts_query") : termText(term, words),
  );
  return [...new Set(texts)].join(" ÷ ");
}

/** Why it cannot be measured. What the database says stands as it is. */
export function faultText(fault: string | Sentence, t: Translate): string {
  return t("metric_fault", { fault: typeof fault === "string" ? fault : say(t, asRefusal(fault)) });
}
