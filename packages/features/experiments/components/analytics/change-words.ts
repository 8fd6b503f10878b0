import type { Compared, Effect } from "@calcom/statistics";
import { metricKinds } from "../../types/metric-kind";
import { intervalText } from "../shared/interval";
import type { Measured } from "./charts/figures";
import type { Words } from "./words";

/** What a metric is, against control: "19.4% to 73.7% higher". A bound that is open limits nothing. */
export function changeOf(
  { low, high, scale }: Pick<Effect, "low" | "high" | "scale">,
  metric: string | null,
  words: Words,
): string {
  const { t } = words;
  const size = (value: number) =>
    scale === "lift" ? words.figures.change(value) : sizeOf(value, metric, words);
  if (low === null && high === null) return t("results_change_open");
  if (low === null) {
    const of = { size: size(high ?? 0) };
    return t((high ?? 0) < 0 ? "results_change_lower_at_least" : "results_change_higher_at_most", of);
  }
  if (high === null)
    return t(low > 0 ? "results_change_higher_at_least" : "results_change_lower_at_most", {
      size: size(low),
    });
  if (low >= 0) return t("results_change_higher", { range: intervalText({ low, high }, size, t) });
  if (high <= 0) return t("results_change_lower", { range: intervalText({ low: high, high: low }, size, t) });
  return t("results_change_either", { lower: size(low), higher: size(high) });
}

/** "−1.2% to +3.4%", in the figures of the table; null where both sides are open. */
export function boundsOf(
  { low, high, scale }: Pick<Effect, "low" | "high" | "scale">,
  metric: string | null,
  words: Words,
): string | null {
  const { t, figures } = words;
  const measured = metric === null ? ({ kind: "mean" } as const) : words.measuredBy(metric);
  const say = (value: number) =>
    scale === "lift" ? figures.lift(value) : differenceOf(value, measured, words);
  return low === null && high === null ? null : intervalText({ low, high }, say, t);
}

/** Of a difference: shares differ by points, anything else in its own unit. */
function sizeOf(value: number, metric: string | null, { t, figures, measuredBy }: Words): string {
  const measured = metric === null ? ({ kind: "mean" } as const) : measuredBy(metric);
  const text = figures.value(Math.abs(value), measured);
  return metricKinds[measured.kind].isShare ? t("results_points", { value: withoutSign(text) }) : text;
}

/** A difference of shares in percentage points, of anything else in its own unit. */
function differenceOf(value: number, measured: Measured, { t, figures }: Words): string {
  const sign = value > 0 ? "+" : value < 0 ? "\u2212" : "";
  const size = figures.value(Math.abs(value), measured);
  return `${sign}${metricKinds[measured.kind].isShare ? t("results_points_short", { value: withoutSign(size) }) : size}`;
}

/** "+2.1 points (−0.4 to +4.6)": where no lift can be estimated. */
export function differenceText({ difference, interval }: Compared, measured: Measured, words: Words): string {
  return words.t("results_difference", {
    difference: differenceOf(difference, measured, words),
    range: intervalText(interval, (value) => differenceOf(value, measured, words), words.t),
  });
}

/** "2.1 %" and "2.1%" are both written. */
function withoutSign(percent: string): string {
  return percent.replace(/\s?%$/, "");
}
