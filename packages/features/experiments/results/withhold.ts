import type {
  ExperimentResult as Analysis,
  Comparison,
  GuardrailResult,
  MetricResult,
  Reason,
} from "../utils/statistics/results-types";
import type { StoredResult } from "./types";

/** Reasons that time mends: until it has, whoever read a difference would read chance. */
const UNTIL_LATER: ReadonlySet<Reason["code"]> = new Set([
  "too_few_days",
  "too_few_units",
  "too_few_conversions",
  "too_few_failures",
  "no_data",
  "no_variation",
  "before_planned_end",
]);

/**
 * What may be read before its time: how many took part and how many converted, whether the split is as planned, and
 * what is still missing. Nothing by which one variant could be held against another. The result itself where nothing
 * has to wait, or the experiment is over.
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

/** Metrics whose comparison is still to come: all of them where the verdict says so, else each by itself. */
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

function withheldMetric(metric: MetricResult, reason: Reason | null): MetricResult {
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

/** What the primary metric waits for is what everything waits for. */
function reasonOf({ verdict, metrics }: Analysis): Reason | null {
  if (verdict.code === "before_planned_end") return verdict;
  const reasons = metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ comparisons }) =>
      comparisons.flatMap((one) => (one.status === "withheld" ? [one.reason] : [])),
    );
  return reasons.find(({ code }) => UNTIL_LATER.has(code)) ?? null;
}
