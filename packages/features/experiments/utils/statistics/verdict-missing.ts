import { MINIMUM_UNITS } from "./minimum";
import type { MetricResult, Reason } from "./results-types";

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
  reasons: readonly Reason[],
  minimumUnits = MINIMUM_UNITS,
): { units: number; conversions: number } | null {
  const isMendedByTime = ({ code }: Reason) =>
    code === "too_few_days" ||
    code === "too_few_units" ||
    code === "too_few_conversions" ||
    code === "too_few_failures" ||
    code === "no_data" ||
    code === "no_variation";
  const waiting = reasons.filter(isMendedByTime);
  if (waiting.length === 0) return null;
  const byVariant = new Map<string, number>();
  let conversions = 0;
  for (const reason of waiting) {
    if (reason.code === "no_data") byVariant.set(reason.variant, minimumUnits);
    if (reason.code === "too_few_units") byVariant.set(reason.variant, reason.needed - reason.units);
    if (reason.code === "too_few_conversions") {
      conversions = Math.max(conversions, Math.ceil(reason.needed - reason.conversions));
    }
  }
  return { units: [...byVariant.values()].reduce((total, units) => total + units, 0), conversions };
}
