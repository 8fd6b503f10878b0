import type {
  Analysis,
  Comparison,
  Effect,
  GuardrailResult,
  MetricResult,
  NoAnswerReason,
  Verdict,
  WithheldReason,
} from "@calcom/statistics";
import type { StoredResult } from "./types";
import { isUntilLater, type Withholding } from "./withholding";

/**
 * Leaves what may be read early: how many took part, whether the split is as planned, and what is still missing, but
 * nothing by which variants could be compared, and nothing from which that follows.
 */
export function withholdResult(result: StoredResult, { isAll, metrics: waiting }: Withholding): StoredResult {
  const { days: _days, ...told } = result;
  const { analysis } = told;
  const isShown = (metric: string) => analysis !== null && !waiting.has(metric);
  const segments = isAll ? [] : result.segments.filter(({ metric }) => isShown(metric));
  return {
    ...told,
    analysis: analysis && withholdAnalysis(analysis, { isAll, metrics: waiting }, result.variants.length),
    metrics: result.metrics.map((metric) => (isShown(metric.key) ? metric : { ...metric, epochs: [] })),
    series: { ...result.series, effects: result.series.effects.filter(({ metric }) => isShown(metric)) },
    novelty: result.novelty.filter(({ metric }) => isShown(metric)),
    segments,
    ...(result.segmentTests && { segmentTests: segments.length === 0 ? [] : result.segmentTests }),
    chain: { ...result.chain, state: null },
  };
}

function withholdAnalysis(analysis: Analysis, withholding: Withholding, variants: number): Analysis {
  const reason = findReason(analysis);
  const waiting = withholding.metrics;
  return {
    ...analysis,
    verdict: withholdVerdict(analysis.verdict, withholding, reason, variants),
    metrics: analysis.metrics.map((metric) =>
      waiting.has(metric.metric.id) ? withholdMetric(metric, reason, variants) : metric,
    ),
    guardrails: analysis.guardrails.map((guardrail) =>
      waiting.has(guardrail.metric) ? withholdGuardrail(guardrail, analysis) : guardrail,
    ),
    state: { smallestP: {}, smallestSplitP: analysis.state.smallestSplitP },
  };
}

/**
 * A verdict that compares is told with what it compares, or not at all. Harm is the exception: people must not go on being
 * harmed for the sake of a plan.
 */
function withholdVerdict(
  verdict: Verdict,
  { isAll, metrics: waiting }: Withholding,
  reason: WithheldReason,
  variants: number,
): Verdict {
  switch (verdict.code) {
    case "too_early":
      return variants > 2 ? { ...verdict, conversionsToGo: ceilToStep(verdict.conversionsToGo) } : verdict;
    case "no_answer":
      return { ...verdict, reason: tellReason(verdict.reason, { isAll, reason, variants }) };
    case "split_is_off":
    case "before_planned_end":
    case "guardrail_worse":
      return verdict;
    default: {
      const isTold = !isAll && listEffects(verdict).every(({ metric }) => !waiting.has(metric));
      return isTold ? verdict : { code: "no_answer", reason: makeTellable(reason, variants) };
    }
  }
}

/** That a guardrail is asked for tells that something was found, so it is not told while everything waits. */
function tellReason(
  reason: NoAnswerReason,
  { isAll, reason: waited, variants }: { isAll: boolean; reason: WithheldReason; variants: number },
): NoAnswerReason {
  if (reason.code !== "guardrail_not_compared") return makeTellable(reason, variants);
  return isAll
    ? makeTellable(waited, variants)
    : { ...reason, reason: makeTellable(reason.reason, variants) };
}

function listEffects(verdict: Verdict): Effect[] {
  if ("effects" in verdict) return verdict.effects;
  if (verdict.code === "mixed") return [verdict.better, verdict.worse];
  return "effect" in verdict ? [verdict.effect] : [];
}

function withholdMetric(metric: MetricResult, waited: WithheldReason, variants: number): MetricResult {
  return {
    ...metric,
    arms: metric.arms.map(({ variant, units }) => ({
      variant,
      units,
      conversions: null,
      value: null,
      interval: null,
      chanceToBeBest: null,
      lossAgainstBest: null,
    })),
    comparisons: metric.comparisons.map((comparison): Comparison => {
      const { variant } = comparison;
      const reason = comparison.status === "withheld" ? comparison.reason : waited;
      return {
        status: "withheld",
        variant,
        reason: makeTellable(reason, variants),
      };
    }),
    varianceReduction: null,
  };
}

/**
 * Counts of a pair are totals where there are two variants. Of three, the pairs and the total would tell each variant's
 * own, so they are rounded.
 */
function makeTellable(reason: WithheldReason, variants: number): WithheldReason {
  if (variants <= 2) return reason;
  if (reason.code === "too_few_conversions")
    return { ...reason, conversions: floorToStep(reason.conversions) };
  if (reason.code === "too_few_failures") {
    // Of no failure at all it is said that everybody converts.
    return { ...reason, failures: reason.failures > 0 ? Math.max(1, floorToStep(reason.failures)) : 0 };
  }
  return reason;
}

const STEP = 5;
const floorToStep = (count: number) => STEP * Math.floor(count / STEP);
const ceilToStep = (count: number) => STEP * Math.ceil(count / STEP);

/** Harm is said by the verdict even before its time, and then by its guardrail. */
function withholdGuardrail(
  { metric, variant, status }: GuardrailResult,
  { verdict }: Analysis,
): GuardrailResult {
  const isHarm =
    verdict.code === "guardrail_worse" &&
    verdict.effect.metric === metric &&
    verdict.effect.variant === variant;
  return { metric, variant, status: isHarm ? status : "withheld" };
}

/** If the primary metric waits, everything waits for the same reason. */
function findReason({ verdict, metrics }: Analysis): WithheldReason {
  if (verdict.code === "before_planned_end") return verdict;
  const reasons = metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ comparisons }) =>
      comparisons.flatMap((one) => (one.status === "withheld" ? [one.reason] : [])),
    );
  return reasons.find(isUntilLater) ?? reasons[0] ?? { code: "no_primary_metric" };
}
