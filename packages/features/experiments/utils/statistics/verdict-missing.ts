import { minimumUnits } from "./minimum";
import type { MetricResult, Reason } from "./results-types";
import type { Design } from "./types";

/** Why primary metrics are not compared; guardrails and secondary ones speak only where their data are wrong. */
export function reasonsOf(metrics: readonly MetricResult[]): Reason[] {
  return metrics.flatMap(({ metric, comparisons }) =>
    comparisons.flatMap((comparison) => {
      if (comparison.status === "compared") return [];
      const { reason } = comparison;
      return metric.role === "primary" || reason.code === "invalid_data" ? [reason] : [];
    }),
  );
}

/** What time will bring, or null where time alone does not help. */
export function missingOf(
  design: Design,
  metrics: readonly MetricResult[],
  reasons: readonly Reason[],
): { units: number; conversions: number } | null {
  if (!reasons.some(isMendedByTime)) return null;
  const units = metrics
    .filter(({ metric }) => metric.role === "primary")
    .map(({ metric, arms }) =>
      arms.reduce((total, arm) => total + Math.max(0, minimumUnits(design, metric.kind) - arm.units), 0),
    );
  const conversions = reasons.map((reason) =>
    reason.code === "too_few_conversions" ? Math.ceil(reason.needed - reason.conversions) : 0,
  );
  return { units: Math.max(0, ...units), conversions: Math.max(0, ...conversions) };
}

function isMendedByTime({ code }: Reason): boolean {
  return (
    code === "too_few_days" ||
    code === "too_few_units" ||
    code === "too_few_conversions" ||
    code === "too_few_failures" ||
    code === "no_data" ||
    code === "no_variation"
  );
}
