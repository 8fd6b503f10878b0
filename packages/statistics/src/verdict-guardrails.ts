import { findUnguarded, type GuardrailFacts } from "./guardrails";
import { isDeciding } from "./metric-measure";
import type { MetricResult, Verdict } from "./results-types";

/**
 * Leaves of a verdict what may be acted on in good faith. To stop what is worse is right, whatever a guardrail would say.
 * A verdict that asks nobody to act stays, unless the guardrail has to be mended before anything can be said.
 */
export function holdToGuardrails(verdict: Verdict, facts: GuardrailFacts): Verdict {
  if (verdict.code === "worse") return verdict;
  const named = listVariants(verdict, facts.metrics);
  if (verdict.code === "better") {
    const guarded = verdict.effects.filter(({ variant }) => findUnguarded(facts, [variant]) === null);
    if (guarded.length > 0) return { ...verdict, effects: guarded };
  }
  const reason = findUnguarded(facts, named);
  return reason === null ? verdict : { code: "no_answer", reason };
}

/** Of whom the verdict says something that could be acted on. */
function listVariants(verdict: Verdict, metrics: readonly MetricResult[]): string[] {
  switch (verdict.code) {
    case "better":
      return verdict.effects.map(({ variant }) => variant);
    case "mixed":
      return [verdict.better.variant];
    case "no_difference_that_matters":
      return metrics
        .filter(({ metric }) => isDeciding(metric))
        .flatMap(({ comparisons }) =>
          comparisons.flatMap(({ status, variant }) => (status === "compared" ? [variant] : [])),
        );
    default:
      return [];
  }
}
