import type { Compared, Comparison, GuardrailResult, MetricResult } from "./results-types";
import type { MetricPlan } from "./types";

/**
 * One-sided and uncorrected: a false alarm stops an experiment, which is the safe error. The level is half the alpha of the
 * shown interval, so that words and interval agree.
 */
export function guardrailsOf(metrics: readonly MetricResult[]): GuardrailResult[] {
  return metrics
    .filter(({ metric }) => metric.role === "guardrail")
    .flatMap(({ metric, comparisons }) =>
      comparisons.map((comparison) => ({
        metric: metric.id,
        variant: comparison.variant,
        status: statusOf(metric, comparison),
      })),
    );
}

function statusOf(metric: MetricPlan, comparison: Comparison): GuardrailResult["status"] {
  if (comparison.status === "withheld") return "withheld";
  if (isWithinMargin(metric, comparison)) return "fine";
  return comparison.outcome === "worse" ? "worse" : "unclear";
}

/** Whether the worst end of the interval is an acceptable loss. Without a margin only a proven improvement is fine. */
function isWithinMargin({ direction, minimumEffect }: MetricPlan, { lift, outcome }: Compared): boolean {
  if (outcome === "better") return true;
  const worst = direction === "increase" ? lift.interval?.low : lift.interval?.high;
  if (minimumEffect === null || worst === null || worst === undefined) return false;
  return Math.abs(worst) < minimumEffect;
}
