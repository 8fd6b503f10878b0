import type { MetricRole } from "@calcom/statistics";
import type { Metric } from "./define-metric";

/** A metric in its role in one experiment. */
export interface PlannedMetric {
  metric: Metric;
  role: MetricRole;
  /** Chosen, or given this role, once data could be seen; absent where it was registered at the start. */
  isChosenAfterStart?: true;
  /** It was registered, and code has defined it differently since. Such a metric is `isChosenAfterStart` too. */
  isRedefined?: true;
}

export interface MetricPlanning {
  metrics: PlannedMetric[];
  /** Keys in the configuration that no code defines. They are shown: a metric that silently vanished would confuse. */
  unknown: string[];
}
