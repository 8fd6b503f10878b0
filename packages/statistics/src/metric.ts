import { armsOf } from "./arms";
import { compared } from "./comparison";
import { ALPHA, countUnits, findEndedShort, type MeasuredMetric, measureMetric } from "./metric-measure";
import { type Adjusted, benjaminiHochberg, holm } from "./multiplicity";
import { inGivenUnits } from "./own-units";
import type { Comparison, MetricResult } from "./results-types";
import type { Design, MetricInput, MetricPlan } from "./types";

/** One metric by itself: its comparisons are the family, of `plannedComparisons` where it is a primary one. */
export function analyse(input: MetricInput): MetricResult {
  const { metric, epochs, previous } = input;
  const endedShort = findEndedShort(input, countUnits(epochs));
  const measured = measureMetric(input, metric, epochs, { previous, endedShort });
  const [result] = finishMetrics(input, [measured]);
  if (result === undefined) throw new TypeError("One metric has one result.");
  return result;
}

/**
 * Primary metrics are one family (Holm), secondary ones another (Benjamini and Hochberg), and so are those chosen after
 * the start; guardrails stand alone.
 */
export function finishMetrics(design: Design, metrics: readonly MeasuredMetric[]): MetricResult[] {
  const { alpha = ALPHA, plannedComparisons } = design;
  const families: Record<Family, ReadonlyMap<string, AdjustedByVariant>> = {
    primary: adjustFamily(metrics, "primary", (ps) => holm(ps, plannedComparisons, alpha)),
    secondary: adjustFamily(metrics, "secondary", (ps) => benjaminiHochberg(ps, alpha)),
    exploratory: adjustFamily(metrics, "exploratory", (ps) => benjaminiHochberg(ps, alpha)),
    guardrail: new Map(),
  };
  return metrics.map((one) =>
    finishMetric(design, one, families[familyOf(one.metric)].get(one.metric.id) ?? new Map()),
  );
}

type Family = MetricPlan["role"] | "exploratory";
type AdjustedByVariant = ReadonlyMap<string, { p: number; alpha: number }>;

function familyOf({ role, isChosenAfterStart = false }: MetricPlan): Family {
  return isChosenAfterStart && role !== "guardrail" ? "exploratory" : role;
}

/** A withheld comparison counts as no finding. */
function adjustFamily(
  metrics: readonly MeasuredMetric[],
  family: Family,
  adjust: (ps: number[]) => Adjusted,
): ReadonlyMap<string, AdjustedByVariant> {
  const members = metrics
    .filter(({ metric }) => familyOf(metric) === family)
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
  const result: MetricResult = {
    metric,
    mode,
    arms: armsOf(design, measured, comparisons),
    comparisons,
    varianceReduction: cells.varianceReduction,
  };
  return inGivenUnits(result, measured.unit);
}
