import { guardrailsOf } from "./guardrails";
import { finishMetrics } from "./metric";
import { countUnits, findEndedShort, type MeasuredMetric, measureMetric } from "./metric-measure";
import type { Analysis, MetricResult } from "./results-types";
import { analyseSplit, segmentKey } from "./split";
import type { AnalysisInput, LookState } from "./types";
import { verdictOf } from "./verdict";

/**
 * An experiment at one look: every metric, the split, the guardrails and the verdict, from the same numbers. Sequential
 * results may be looked at whenever one likes; give `state` to the next look as `previous`. In fixed mode keep
 * the first result that says `isFinal`, and do not ask again with more units.
 */
export function analyseExperiment(given: AnalysisInput): Analysis {
  const input = { ...paceOf(given), units: mostUnits(given), ...given };
  const { previous } = input;
  const endedShort = findEndedShort(input, exposedIn(input));
  const measured = input.metrics.map(({ metric, epochs }) =>
    measureMetric(input, metric, epochs, { previous, endedShort }),
  );
  const metrics = finishMetrics(input, measured);
  const split = analyseSplit(input, previous);
  const guardrails = guardrailsOf(metrics);
  return {
    verdict: verdictOf({ input, measured, metrics, split, guardrails }),
    split,
    metrics,
    guardrails,
    endedShort,
    isFinal: input.mode === "fixed" && metrics.some(isDecided),
    state: {
      smallestP: smallestP(measured, previous),
      smallestSplitP: split.p,
      smallestSegmentP: Object.fromEntries((split.bySegment ?? []).map((one) => [segmentKey(one), one.p])),
    },
  };
}

function paceOf(input: AnalysisInput): Pick<AnalysisInput, "unitsPerDay"> {
  const exposed = exposedIn(input);
  return input.days > 0 && exposed > 0 ? { unitsPerDay: exposed / input.days } : {};
}

/** A metric may lack units, such as those erased since. Other metrics still count them. */
function mostUnits({ metrics }: AnalysisInput): number {
  return Math.max(0, ...metrics.map(({ epochs }) => countUnits(epochs)));
}

function exposedIn({ split }: AnalysisInput): number {
  return split.flatMap(({ units }) => Object.values(units)).reduce((sum, n) => sum + n, 0);
}

function isDecided({ metric, comparisons }: MetricResult): boolean {
  return metric.role === "primary" && comparisons.some(({ status }) => status === "compared");
}

/** Metrics that were not compared at this look keep their earlier state. */
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
