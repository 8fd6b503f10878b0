import { armsOf } from "./arms";
import { compared } from "./comparison";
import { ALPHA, type MeasuredMetric, measureMetric } from "./metric-measure";
import { type Adjusted, benjaminiHochberg, holm } from "./multiplicity";
import type { Comparison, MetricResult } from "./results-types";
import type { Design, MetricInput } from "./types";

/** One metric by itself: its comparisons are the family, of `plannedComparisons` where it is a primary one. */
export function analyse(input: MetricInput): MetricResult {
  const measured = measureMetric(input, input.metric, input.epochs, input.previous);
  const [result] = finishMetrics(input, [measured]);
  if (result === undefined) throw new TypeError("One metric has one result.");
  return result;
}

/** Primary metrics are one family (Holm), secondary ones another (Benjamini and Hochberg); guardrails stand alone. */
export function finishMetrics(design: Design, metrics: readonly MeasuredMetric[]): MetricResult[] {
  const { alpha = ALPHA, plannedComparisons } = design;
  const primary = family(metrics, "primary", (ps) => holm(ps, plannedComparisons, alpha));
  const secondary = family(metrics, "secondary", (ps) => benjaminiHochberg(ps, alpha));
  return metrics.map((one) => {
    const adjusted = { primary, secondary, guardrail: none }[one.metric.role].get(one.metric.id) ?? new Map();
    return finishMetric(design, one, adjusted);
  });
}

type AdjustedByVariant = ReadonlyMap<string, { p: number; alpha: number }>;
const none: ReadonlyMap<string, AdjustedByVariant> = new Map();

/** What is withheld counts as nothing found. */
function family(
  metrics: readonly MeasuredMetric[],
  role: MeasuredMetric["metric"]["role"],
  adjust: (ps: number[]) => Adjusted,
): ReadonlyMap<string, AdjustedByVariant> {
  const members = metrics
    .filter(({ metric }) => metric.role === role)
    .flatMap(({ metric, pairs }) =>
      pairs.map(({ variant, p }) => ({ metric: metric.id, variant, p: p ?? 1 })),
    );
  const { p, alphas } = adjust(members.map((member) => member.p));
  const byMetric = new Map<string, Map<string, { p: number; alpha: number }>>();
  for (const [i, { metric, variant }] of members.entries()) {
    const byVariant = byMetric.get(metric) ?? new Map<string, { p: number; alpha: number }>();
    byVariant.set(variant, { p: p[i] ?? 1, alpha: alphas[i] ?? ALPHA });
    byMetric.set(metric, byVariant);
  }
  return byMetric;
}

function finishMetric(design: Design, measured: MeasuredMetric, adjusted: AdjustedByVariant): MetricResult {
  const { metric, mode, cells, pairs } = measured;
  const comparisons = pairs.map((one): Comparison => {
    if (one.reason !== null) return { status: "withheld", variant: one.variant, reason: one.reason };
    const { p, alpha } = adjusted.get(one.variant) ?? { p: one.p, alpha: design.alpha ?? ALPHA };
    return compared(measured, one, p, alpha, design);
  });
  return {
    metric,
    mode,
    arms: armsOf(design, measured, comparisons),
    comparisons,
    varianceReduction: cells.varianceReduction,
  };
}
