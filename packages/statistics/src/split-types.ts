/** Whether the units are split as configured; sample ratio mismatch where not. */
export interface SplitResult {
  status: "as_planned" | "off" | "no_data";
  /** Valid at any look: the smallest so far of Lindon and Malek's test. 0 where units are in a variant of weight 0. */
  p: number;
  variants: { variant: string; observed: number; expected: number }[];
  /** For the details; it is meant for one look. */
  once:
    | { method: "chi_square"; statistic: number; df: number; p: number }
    | { method: "exact"; p: number }
    | { method: null; reason: "too_few_units" };
  /** Units where none could be. */
  impossible: { epoch: number; variant: string; units: number }[];
  byEpoch: { epoch: number; p: number }[];
  /** In the order in which they came; `pAdjusted` is Holm's over all of them. Absent in results of before it was tested. */
  bySegment?: SegmentSplit[];
}

/** The split among units with one value of a fact. */
export interface SegmentSplit {
  fact: string;
  value: string;
  status: "as_planned" | "off";
  /** Valid at any look: the smallest so far. */
  p: number;
  pAdjusted: number;
  variants: { variant: string; observed: number; expected: number }[];
  once: SplitResult["once"];
}
