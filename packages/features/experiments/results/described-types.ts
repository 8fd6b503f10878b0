import type { Interval } from "@calcom/statistics";

// What a result tells beside its comparisons.

/** What the recount left out of the comparison or kept with a remark, so that nothing vanishes without a word. */
export interface LeftOut {
  /** Kept what a flag had already given them: never a random sample. */
  imported: number;
  /** People who saw two variants in different browsers: they count for the first. */
  mixed: number;
  /** Assigned, and never seen to have seen anything. */
  notExposed: number;
  /** Exposed, with the window for conversions still open at the look. */
  immature: number;
  /** Exposed after the planned end of an experiment that is tested once, there. */
  afterPlannedEnd: number;
  /** Subjects that were erased since. They are in the counts of events, but in nothing that needs their identity. */
  erased: number;
}

/** Whom the statistics of a result are about. */
export interface Population {
  /** Subjects exposed until the look, who are compared. */
  subjects: number;
  /** Of these, those whose window was still open: at the end, everybody is read. */
  open: number;
}

/** Exposures of one UTC day. */
export interface ExposureDay {
  day: string;
  exposed: Record<string, number>;
}

/** What the comparisons said at the end of one UTC day. */
export interface EffectPoint {
  /** The moment of the look, ISO 8601. */
  at: string;
  metric: string;
  variant: string;
  lift: number | null;
  interval: Interval | null;
  pAdjusted: number;
}

/** Conversions by the number of whole days between exposure and (first) conversion. */
export interface NoveltyDay {
  metric: string;
  variant: string;
  day: number;
  /** Subjects that were exposed long enough ago for this day to be over. */
  subjects: number;
  value: number;
}

/** The primary metric among subjects with one value of a fact that was frozen at their exposure. */
export interface Segment {
  fact: string;
  value: string;
  metric: string;
  variants: { variant: string; subjects: number; converted: number; mean: number }[];
}

/** Of one metric, epoch and variant, by day of exposure: subjects, and the two sums whose quotient the metric is. */
export interface MetricDays {
  metric: string;
  epoch: number;
  variant: string;
  days: Record<string, [subjects: number, y: number, x: number]>;
}
