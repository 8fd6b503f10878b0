import type { MetricInfo } from "./types";

/** One metric in a range of days; nothing of it compares. */
export interface RangeMetric
  extends Pick<
    MetricInfo,
    "key" | "name" | "role" | "kind" | "currency" | "isChosenAfterStart" | "isRedefined"
  > {
  rows: {
    variant: string;
    /** Whose window has closed. */
    subjects: number;
    /** Null where it is no conversion. */
    converted: number | null;
    /** Null without anybody, or where the denominators are 0. */
    value: number | null;
  }[];
}

/** What participants brought who came within a range of days. */
export interface RangeView {
  slug: string;
  asOf: string;
  /** Days in UTC, both included. */
  from: string;
  to: string;
  /** The days of the first and the last exposure; null without any. */
  first: string | null;
  last: string | null;
  windowDays: number;
  control: string;
  variants: string[];
  exposed: Record<string, number>;
  /** Metrics that wait are missing. */
  isWithheld: boolean;
  /** False until the next count, where the last was made before days were kept. */
  isCounted: boolean;
  /** In several, the split has changed in between. */
  phases: number;
  metrics: RangeMetric[];
}
