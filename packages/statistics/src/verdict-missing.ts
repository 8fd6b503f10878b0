import { isDeciding } from "./metric-measure";
import { minimumUnits } from "./minimum";
import type { MetricResult, WithheldReason } from "./results-types";
import type { AnalysisInput } from "./types";

/** Why a variant is not compared. */
export interface Obstacle {
  variant: string;
  reason: WithheldReason;
}

/** Why primary metrics are not compared; guardrails and secondary ones speak only where their data are wrong. */
export function obstaclesOf(metrics: readonly MetricResult[]): Obstacle[] {
  return metrics.flatMap(({ metric, comparisons }) =>
    comparisons.flatMap((comparison) => {
      if (comparison.status === "compared") return [];
      const { variant, reason } = comparison;
      return isDeciding(metric) || reason.code === "invalid_data" ? [{ variant, reason }] : [];
    }),
  );
}

/** What time will bring, or null where time alone does not help. */
export function missingOf(
  input: AnalysisInput,
  metrics: readonly MetricResult[],
  obstacles: readonly Obstacle[],
): { units: number; conversions: number } | null {
  if (input.phase === "over") return null;
  const isEnrolled = enrolledIn(input);
  const mended = obstacles.filter(({ variant, reason }) => isEnrolled(variant) && isMendedByTime(reason));
  if (mended.length === 0) return null;
  const units = metrics
    .filter(({ metric }) => isDeciding(metric))
    .map(({ metric, arms }) =>
      arms
        .filter(({ variant }) => isEnrolled(variant))
        .reduce((total, arm) => total + Math.max(0, minimumUnits(input, metric.kind) - arm.units), 0),
    );
  const conversions = mended.map(({ reason }) =>
    reason.code === "too_few_conversions" ? Math.ceil(reason.needed - reason.conversions) : 0,
  );
  return { units: Math.max(0, ...units), conversions: Math.max(0, ...conversions) };
}

/** Of a variant whose share was set to 0, no more units come. */
function enrolledIn({ split }: AnalysisInput): (variant: string) => boolean {
  const latest = [...split].sort((a, b) => a.epoch - b.epoch).at(-1);
  return (variant) => latest?.weights[variant] !== 0;
}

function isMendedByTime({ code }: WithheldReason): boolean {
  return (
    code === "too_few_days" ||
    code === "too_few_units" ||
    code === "too_few_conversions" ||
    code === "too_few_failures" ||
    code === "no_data"
  );
}
