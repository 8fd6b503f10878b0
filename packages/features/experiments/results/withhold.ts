import type {
  Analysis,
  Comparison,
  GuardrailResult,
  MetricResult,
  WithheldReason,
} from "../utils/statistics/results-types";
import type { StoredResult } from "./types";

/** Reasons that pass with time. Until then, a difference would be mere chance. */
const UNTIL_LATER: ReadonlySet<WithheldReason["code"]> = new Set([
  "too_few_days",
  "too_few_units",
  "too_few_conversions",
  "too_few_failures",
  "no_data",
  "no_variation",
  "before_planned_end",
]);

/**
 * Leaves what may be read early: how many took part and converted, whether the split is as planned, and what is still
 * missing, but nothing by which variants could be compared. Returns the result itself if nothing has to wait, or if the
 * experiment is over.
 */
export function withheldFrom(result: StoredResult): StoredResult {
  const { analysis } = result;
  // There is no later time.
  if (result.endedAt !== null && result.asOf >= result.endedAt) return result;
  const isWaiting = waitingMetrics(result);
  if (analysis !== null && isWaiting.size === 0) return result;
  const isPrimaryWaiting = analysis === null || primariesOf(analysis).some(({ id }) => isWaiting.has(id));
  return {
    ...result,
    analysis: analysis && withheldAnalysis(analysis, isWaiting),
    metrics: result.metrics.map((metric) =>
      analysis === null || isWaiting.has(metric.key) ? { ...metric, epochs: [] } : metric,
    ),
    series: {
      ...result.series,
      effects: result.series.effects.filter(({ metric }) => analysis !== null && !isWaiting.has(metric)),
    },
    novelty: result.novelty.filter(({ metric }) => analysis !== null && !isWaiting.has(metric)),
    segments: isPrimaryWaiting ? [] : result.segments,
    chain: { ...result.chain, state: null },
  };
}

/** The metrics whose comparison has to wait: all of them if the verdict says so, otherwise each by itself. */
function waitingMetrics({ analysis }: StoredResult): ReadonlySet<string> {
  if (analysis === null) return new Set();
  const { code } = analysis.verdict;
  const all = code === "too_early" || code === "before_planned_end";
  const waiting = analysis.metrics.filter(
    ({ comparisons }) =>
      all ||
      (comparisons.length > 0 &&
        comparisons.every((one) => one.status === "withheld" && UNTIL_LATER.has(one.reason.code))),
  );
  return new Set(waiting.map(({ metric }) => metric.id));
}

function primariesOf({ metrics }: Analysis) {
  return metrics.flatMap(({ metric }) => (metric.role === "primary" ? [metric] : []));
}

function withheldAnalysis(analysis: Analysis, isWaiting: ReadonlySet<string>): Analysis {
  const reason = reasonOf(analysis);
  return {
    ...analysis,
    metrics: analysis.metrics.map((metric) =>
      isWaiting.has(metric.metric.id) ? withheldMetric(metric, reason) : metric,
    ),
    guardrails: analysis.guardrails.map((guardrail) =>
      isWaiting.has(guardrail.metric) ? withheldGuardrail(guardrail) : guardrail,
    ),
    state: { smallestP: {}, smallestSplitP: analysis.state.smallestSplitP },
  };
}

function withheldMetric(metric: MetricResult, reason: WithheldReason | null): MetricResult {
  return {
    ...metric,
    arms: metric.arms.map((arm) => ({
      ...arm,
      value: null,
      interval: null,
      chanceToBeBest: null,
      lossAgainstBest: null,
    })),
    comparisons: metric.comparisons.map(
      (comparison): Comparison =>
        comparison.status === "withheld"
          ? comparison
          : {
              status: "withheld",
              variant: comparison.variant,
              reason: reason ?? { code: "no_data", variant: comparison.variant },
            },
    ),
    varianceReduction: null,
  };
}

const withheldGuardrail = ({ metric, variant }: GuardrailResult): GuardrailResult => ({
  metric,
  variant,
  status: "withheld",
});

/** If the primary metric waits, everything waits for the same reason. */
function reasonOf({ verdict, metrics }: Analysis): WithheldReason | null {
  if (verdict.code === "before_planned_end") return verdict;
  const reasons = metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ comparisons }) =>
      comparisons.flatMap((one) => (one.status === "withheld" ? [one.reason] : [])),
    );
  return reasons.find(({ code }) => UNTIL_LATER.has(code)) ?? null;
}
