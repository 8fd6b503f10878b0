import type { Sentence } from "@calcom/lib/sentence";
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

/** A metric of the plan that cannot be measured. */
export interface UnmeasuredMetric {
  key: string;
  /** Its key, where nobody knows its name any more. */
  name: string;
  role: MetricRole;
  /** Why, as the end of a sentence. It holds nothing that was read: a value could be anybody's address. */
  fault: Sentence;
}

export interface MetricPlanning {
  metrics: PlannedMetric[];
  /** In the configuration, and not to be measured. They are shown: a metric that silently vanished would confuse. */
  unknown: UnmeasuredMetric[];
  /** Guardrails that were registered at the start, and that nobody measures as they were. */
  broken: UnmeasuredMetric[];
}

/** All without which a verdict would say more than is known, and those that are missed beside them. */
export function listUnmeasured({
  unknown,
  broken,
}: Pick<MetricPlanning, "unknown" | "broken">): UnmeasuredMetric[] {
  return [...unknown, ...broken];
}
