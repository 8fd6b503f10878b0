import type { Translate } from "@calcom/lib/i18n";
import type { StoredResult } from "../../../results/types";
import { focusOf } from "../verdict-focus";
import { markedName } from "../words";

/** That a picture has nothing of the metric that the verdict is about; null where it has. */
export function notAboutText(
  result: Pick<StoredResult, "analysis" | "metrics">,
  shown: readonly { value: string }[],
  t: Translate,
): string | null {
  const focus = focusOf(result);
  const info = result.metrics.find(({ key }) => key === focus?.metric);
  if (info === undefined || shown.length === 0 || shown.some(({ value }) => value === info.key)) return null;
  return t("chart_not_of_metric", { metric: markedName(info, t) });
}

/** Sentences in a row. */
export function joined(...sentences: (string | null | false)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== false && sentence !== "").join(" ");
}
