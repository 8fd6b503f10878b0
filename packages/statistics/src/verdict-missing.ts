import { isDeciding, type MeasuredMetric, type MeasuredPair } from "./metric-measure";
import { isMendedByTime, minimumUnits } from "./minimum";
import type { WithheldReason } from "./reason-types";
import type { MetricResult } from "./results-types";
import type { AnalysisInput } from "./types";

/** Why primary metrics are not compared; guardrails and secondary ones speak only where their data are wrong. */
export function reasonsAgainst(metrics: readonly MetricResult[]): WithheldReason[] {
  return metrics.flatMap(({ metric, comparisons }) =>
    comparisons.flatMap((comparison) => {
      if (comparison.status === "compared") return [];
      const { reason } = comparison;
      return isDeciding(metric) || reason.code === "invalid_data" ? [reason] : [];
    }),
  );
}

/** What is still to come: units or days. At least one is above 0. */
export interface Missing {
  units: number;
  conversions: number;
  days: number;
}

/**
 * What is missing of primary metrics until all are compared that will be, counted as it is for each of their comparisons;
 * null where time alone does not help.
 */
export function missingOf(input: AnalysisInput, measured: readonly MeasuredMetric[]): Missing | null {
  if (input.phase === "over") return null;
  const isEnrolled = enrolledIn(input);
  // Units of a single variant are compared with nothing.
  if (!isEnrolled(input.control)) return null;
  const missing: Missing = { units: 0, conversions: 0, days: 0 };
  for (const { metric, pairs } of measured.filter(({ metric }) => isDeciding(metric))) {
    const waiting = pairs.filter(
      ({ variant, reason }) => reason !== null && isMendedByTime(reason) && isEnrolled(variant),
    );
    missing.units = Math.max(missing.units, unitsToGo(waiting, minimumUnits(input, metric.kind)));
    for (const { reason } of waiting) {
      if (reason?.code === "too_few_conversions")
        missing.conversions = Math.max(missing.conversions, Math.ceil(reason.needed - reason.conversions));
      if (reason?.code === "too_few_days") missing.days = Math.max(missing.days, reason.needed - reason.days);
    }
  }
  return missing.units > 0 || missing.conversions > 0 || missing.days > 0 ? missing : null;
}

/** Control is counted once. */
function unitsToGo(waiting: readonly MeasuredPair[], needed: number): number {
  const lack = (units: number) => Math.max(0, needed - units);
  const ofControl = Math.max(0, ...waiting.map(({ units }) => lack(units.control)));
  return waiting.reduce((total, { units }) => total + lack(units.treatment), ofControl);
}

/** A variant whose share was set to 0 gets no more units. */
function enrolledIn({ split }: AnalysisInput): (variant: string) => boolean {
  const latest = [...split].sort((a, b) => a.epoch - b.epoch).at(-1);
  return (variant) => latest?.weights[variant] !== 0;
}
