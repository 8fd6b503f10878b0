import type { NoAnswerReason } from "./reason-types";
import type { Compared, Comparison, GuardrailResult, MetricResult } from "./results-types";
import type { AnalysisInput, MetricPlan } from "./types";

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

/** What is known of guardrails: their comparisons, and those of the plan that nobody can measure. */
export interface GuardrailFacts extends Pick<AnalysisInput, "unmeasured"> {
  metrics: readonly MetricResult[];
}

/**
 * Why a guardrail of the plan says nothing of one of these variants, whatever the reason; null where each one is compared
 * with each of them. A guardrail that was chosen after the start decides nothing.
 */
export function findUnguarded(
  { metrics, unmeasured = [] }: GuardrailFacts,
  variants: readonly string[],
): NoAnswerReason | null {
  const lost = unmeasured.find(({ role }) => role === "guardrail");
  if (lost !== undefined) return { code: "not_measured", metric: lost.id, role: "guardrail" };
  return listUncompared(metrics).find(({ variant }) => variants.includes(variant)) ?? null;
}

export type Uncompared = Extract<NoAnswerReason, { code: "guardrail_not_compared" }>;

/** Guardrails of the plan that are not compared, for each variant. */
export function listUncompared(metrics: readonly MetricResult[]): Uncompared[] {
  return metrics
    .filter(({ metric }) => metric.role === "guardrail" && metric.isChosenAfterStart !== true)
    .flatMap(({ metric, comparisons }) =>
      comparisons.flatMap((one): Uncompared[] => {
        if (one.status === "compared") return [];
        const { variant, reason } = one;
        return [{ code: "guardrail_not_compared", metric: metric.id, variant, reason }];
      }),
    );
}
