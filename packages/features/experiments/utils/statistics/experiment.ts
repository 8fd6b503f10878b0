import { guardrailsOf } from "./guardrails";
import { finishMetrics } from "./metric";
import { type MeasuredMetric, measureMetric } from "./metric-measure";
import type { Analysis, MetricResult } from "./results-types";
import { analyseSplit } from "./split";
import type { AnalysisInput, LookState } from "./types";
import { verdictOf } from "./verdict";

/**
 * An experiment at one look: every metric, the split, the guardrails and the verdict, from the same numbers. Sequential
 * results may be looked at whenever one likes; give `state` to the next look as `previous`. In fixed mode keep
 * the first result that says `isFinal`, and do not ask again with more units.
 */
export function analyseExperiment(given: AnalysisInput): Analysis {
  const input = { ...paceOf(given), ...given };
  const measured = input.metrics.map(({ metric, epochs }) =>
    measureMetric(input, metric, epochs, input.previous),
  );
  const metrics = finishMetrics(input, measured);
  const split = analyseSplit(input.split, input.variants, input.previous?.smallestSplitP);
  const guardrails = guardrailsOf(metrics);
  return {
    verdict: verdictOf({ input, measured, metrics, split, guardrails }),
    split,
    metrics,
    guardrails,
    endedShort: null,
    isFinal: input.mode === "fixed" && metrics.some(isDecided),
    state: { smallestP: smallestP(measured, input.previous), smallestSplitP: split.p },
  };
}

function paceOf({ split, days }: AnalysisInput): Pick<AnalysisInput, "unitsPerDay"> {
  if (days === 0) return {};
  const exposed = split.flatMap(({ units }) => Object.values(units)).reduce((sum, n) => sum + n, 0);
  return exposed > 0 ? { unitsPerDay: exposed / days } : {};
}

function isDecided({ metric, comparisons }: MetricResult): boolean {
  return metric.role === "primary" && comparisons.some(({ status }) => status === "compared");
}

/** What was not compared today keeps what it had. */
function smallestP(
  measured: readonly MeasuredMetric[],
  previous: LookState | undefined,
): LookState["smallestP"] {
  const smallest: LookState["smallestP"] = { ...previous?.smallestP };
  for (const { metric, mode, pairs } of measured) {
    if (mode === "fixed") continue;
    const now = pairs.flatMap(({ variant, p }) => (p === null ? [] : [[variant, p] as const]));
    smallest[metric.id] = { ...smallest[metric.id], ...Object.fromEntries(now) };
  }
  return smallest;
}
