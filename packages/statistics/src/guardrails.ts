import type { Compared, Comparison, GuardrailResult, MetricResult } from "./results-types";
import type { MetricPlan } from "./types";

/**
 * One-sided, each by itself: a guardrail that errs stops an experiment, which is the safe side. The level is half of the
 * shown interval's doubt, so that the words agree with it.
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

/** Whether the worst the interval leaves possible is a loss that is acceptable. Without a margin, only better will do. */
function isWithinMargin({ direction, minimumEffect }: MetricPlan, { lift, outcome }: Compared): boolean {
  if (outcome === "better") return true;
  const worst = direction === "increase" ? lift.interval?.low : lift.interval?.high;
  if (minimumEffect === null || worst === null || worst === undefined) return false;
  return Math.abs(worst) < minimumEffect;
}
