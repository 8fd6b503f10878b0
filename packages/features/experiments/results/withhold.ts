import type { Analysis, Comparison, GuardrailResult, MetricResult, WithheldReason } from "@calcom/statistics";
import type { StoredResult } from "./types";
import { isUntilLater, type Withholding } from "./withholding";

/**
 * Leaves what may be read early: how many took part, whether the split is as planned, and what is still missing, but
 * nothing by which variants could be compared, and nothing from which that follows.
 */
export function withholdResult(result: StoredResult, { isAll, metrics: waiting }: Withholding): StoredResult {
  const { analysis } = result;
  const isShown = (metric: string) => analysis !== null && !waiting.has(metric);
  return {
    ...result,
    analysis: analysis && withholdAnalysis(analysis, waiting, result.variants.length),
    metrics: result.metrics.map((metric) => (isShown(metric.key) ? metric : { ...metric, epochs: [] })),
    series: { ...result.series, effects: result.series.effects.filter(({ metric }) => isShown(metric)) },
    novelty: result.novelty.filter(({ metric }) => isShown(metric)),
    segments: isAll ? [] : result.segments.filter(({ metric }) => isShown(metric)),
    chain: { ...result.chain, state: null },
  };
}

function withholdAnalysis(analysis: Analysis, waiting: ReadonlySet<string>, variants: number): Analysis {
  const reason = findReason(analysis);
  const { verdict } = analysis;
  return {
    ...analysis,
    verdict:
      verdict.code === "too_early" && variants > 2
        ? { ...verdict, conversionsToGo: ceilToStep(verdict.conversionsToGo) }
        : verdict,
    metrics: analysis.metrics.map((metric) =>
      waiting.has(metric.metric.id) ? withholdMetric(metric, reason, variants) : metric,
    ),
    guardrails: analysis.guardrails.map((guardrail) =>
      waiting.has(guardrail.metric) ? withholdGuardrail(guardrail, analysis) : guardrail,
    ),
    state: { smallestP: {}, smallestSplitP: analysis.state.smallestSplitP },
  };
}

function withholdMetric(metric: MetricResult, waited: WithheldReason | null, variants: number): MetricResult {
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
        reason: reason === null ? { code: "no_data", variant } : makeTellable(reason, variants),
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
  if (reason.code === "too_few_failures") return { ...reason, failures: floorToStep(reason.failures) };
  return reason;
}

const STEP = 5;
const floorToStep = (count: number) => STEP * Math.floor(count / STEP);
const ceilToStep = (count: number) => STEP * Math.ceil(count / STEP);

/** Harm is said by the verdict even before its time: people must not go on being harmed for the sake of a plan. */
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
function findReason({ verdict, metrics }: Analysis): WithheldReason | null {
  if (verdict.code === "before_planned_end") return verdict;
  const reasons = metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ comparisons }) =>
      comparisons.flatMap((one) => (one.status === "withheld" ? [one.reason] : [])),
    );
  return reasons.find(isUntilLater) ?? null;
}
