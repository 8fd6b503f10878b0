import type { SegmentSplit, SplitResult } from "@calcom/statistics/split-types";
import type { StoredResult } from "../../results/types";
import { splitShares } from "../shared/split-shares";
import { segmentName } from "./segment-words";
import type { Words } from "./words";

/** Segments that are off first, and of those the least likely; the others in their order. */
export function segmentsInOrder({ bySegment = [] }: SplitResult): SegmentSplit[] {
  const rank = ({ status, pAdjusted }: SegmentSplit) => (status === "off" ? pAdjusted : 2);
  return [...bySegment].sort((a, b) => rank(a) - rank(b));
}

export function segmentsOff(split: SplitResult): SegmentSplit[] {
  return segmentsInOrder(split).filter(({ status }) => status === "off");
}

/** Keys of what a place says of the whole split. */
interface SplitKeys {
  fine: string;
  /** Of many variants, the one that is the furthest off. */
  furthest: string;
  off: string;
}

/** Whether participants are split as planned, in shares in the order of the variants. Null where nothing was counted. */
export function splitText(
  { analysis, control, split: phases }: Pick<StoredResult, "analysis" | "control" | "split">,
  keys: SplitKeys,
  { t, figures }: Pick<Words, "t" | "figures">,
): string | null {
  const split = analysis?.split;
  if (split === undefined || split.status === "no_data") return null;
  const { observed, expected, isOfOne } = splitShares(split.variants, control, figures.share);
  return t(split.status === "off" ? keys.off : isOfOne ? keys.furthest : keys.fine, {
    expected:
      phases.length < 2 ? expected : t("chart_split_epochs", { shares: expected, count: phases.length }),
    observed,
    p: figures.pEquals(split.p),
  });
}

/** What one look says, in one of the tests that are meant for it. */
export function onceText(once: SplitResult["once"], { t, figures }: Pick<Words, "t" | "figures">): string {
  switch (once.method) {
    case "chi_square":
      return t("results_split_once_chi_square", {
        count: once.df,
        statistic: figures.count(Number(once.statistic.toPrecision(3))),
        p: figures.pEquals(once.p),
      });
    case "exact":
      return t("results_split_once_exact", { p: figures.pEquals(once.p) });
    case null:
      return t("results_split_once_none");
  }
}

/** Where an alarm comes from: the segments that are off, the first in full. Null where none is. */
export function segmentsOffText(
  { analysis, control }: Pick<StoredResult, "analysis" | "control">,
  { t, figures }: Pick<Words, "t" | "figures">,
): string | null {
  if (analysis === null) return null;
  const [first, ...others] = segmentsOff(analysis.split);
  if (first === undefined) return null;
  const { observed, expected } = splitShares(first.variants, control, figures.share);
  const sentence = t("results_split_segment_off", {
    segment: segmentName(first, t),
    found: observed,
    expected,
    p: figures.pEquals(first.pAdjusted),
  });
  if (others.length === 0) return sentence;
  const names = others.slice(0, MOST_NAMES).map((segment) => segmentName(segment, t));
  const more =
    others.length > MOST_NAMES
      ? t("results_split_segments_more", { others: figures.count(others.length), names: names.join(", ") })
      : t("results_split_segments_also", { names: figures.all(names) });
  return `${sentence} ${more}`;
}

/** Of more segments that are off than these, the others are in the table. */
const MOST_NAMES = 3;
