import type { Lift } from "./results-types";

/** One segment against the other values of the same fact. */
export interface SegmentResult {
  fact: string;
  value: string;
  variant: string;
  /** Of this segment alone, with an interval that holds for all segments at once; null while there are too few. */
  lift: Lift | null;
  /** That the lift is the same elsewhere; of this look, and valid at every look. Null while there are too few on either side. */
  p: number | null;
  /** Holm over all segments and variants. */
  pAdjusted: number | null;
  isDifferent: boolean;
}
