import type { Impact } from "@calcom/statistics/impact";
import { listImpacts, type ToldImpact } from "../../results/impact";
import type { StoredResult } from "../../results/types";
import { metricKinds } from "../../types/metric-kind";
import { intervalText } from "../shared/interval";
import type { Measured } from "./charts/useFigures";
import type { Words } from "./words";

/** "Impact: about 120 more conversions a month (40 to 210), …" of what the verdict found; null where it found nothing. */
export function impactText(result: StoredResult, words: Words): string | null {
  const { t, nameOf } = words;
  const impacts = listImpacts(result);
  const found = foundBy(result).flatMap(({ metric, variant }) => {
    const impact = impacts.find((one) => one.metric === metric && one.variant === variant);
    const text = impact === undefined ? null : sizeText(impact, words);
    return text === null ? [] : [{ metric, variant, text }];
  });
  if (found.length === 0) return null;
  return found
    .map(({ metric, variant, text }) => {
      const what = found.length === 1 ? t("results_impact") : `${nameOf(metric)}, ${variant}`;
      return t("results_impact_of", { what, impact: text });
    })
    .join(" ");
}

/** As many as the verdict names. */
const MOST_IMPACTS = 3;

function foundBy({ analysis }: StoredResult): { metric: string; variant: string }[] {
  const verdict = analysis?.verdict;
  if (verdict?.code === "better" || verdict?.code === "worse") return verdict.effects.slice(0, MOST_IMPACTS);
  return verdict?.code === "mixed" ? [verdict.better, verdict.worse] : [];
}

/** Null where the interval leaves open which way it goes, or how far. */
function sizeText(impact: ToldImpact, { t, figures, measuredBy }: Words): string | null {
  const { value, interval } = impact;
  const { low, high } = interval;
  if (low === null || high === null || low * high <= 0) return null;
  const measured = measuredBy(impact.metric);
  const step = stepOf(impact, measured);
  const [nearest, farthest] = low > 0 ? [low, high] : [-high, -low];
  const of = (size: number) => figures.sum(size, measured, step);
  const size = Math.abs(value);
  return t(keyOf(measured, value), {
    count: Math.round(size),
    size: of(size),
    range: intervalText({ low: nearest, high: farthest }, of, t),
  });
}

function keyOf({ kind }: Measured, value: number): string {
  const { isShare } = metricKinds[kind];
  if (isShare) return value > 0 ? "results_impact_conversions_more" : "results_impact_conversions_fewer";
  return value > 0 ? "results_impact_more" : "results_impact_less";
}

/** "+120 a month (+40 to +210)". */
export function impactInRow(impact: Impact, measured: Measured, { t, figures }: Words): string {
  const step = stepOf(impact, measured);
  const signed = (of: number) => {
    const size = figures.sum(Math.abs(of), measured, step);
    // What rounds to nothing has no direction.
    if (size === figures.sum(0, measured, step)) return size;
    return `${of > 0 ? "+" : "\u2212"}${size}`;
  };
  const { value, interval } = impact;
  return t("results_impact_in_row", { value: signed(value), range: intervalText(interval, signed, t) });
}

/** Two digits of the interval's width: more would say more than is known. There are no parts of many conversions. */
function stepOf({ value, interval: { low, high } }: Impact, { kind }: Measured): number {
  const width = low === null || high === null ? Math.abs(value) : high - low;
  const step = width > 0 ? 10 ** (Math.floor(Math.log10(width)) - 1) : 1;
  return metricKinds[kind].isShare && Math.abs(value) >= 10 ? Math.max(1, step) : step;
}
