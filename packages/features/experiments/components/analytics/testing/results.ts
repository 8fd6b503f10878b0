import type { Compared, MetricResult, Verdict } from "@calcom/statistics";
import type { StoredResult } from "../../../results/types";
import { aResult, between } from "../charts/testing/results";

export function aCompared(changes: Partial<Compared> = {}): Compared {
  return {
    status: "compared",
    variant: "urgent",
    method: "mixture",
    isAdjusted: false,
    units: 4_385,
    controlValue: 0.168,
    treatmentValue: 0.241,
    difference: 0.073,
    interval: between(0.03, 0.115) as Compared["interval"],
    lift: { value: 0.43, interval: between(0.192, 0.728), reason: null },
    p: 0.012,
    pNow: 0.012,
    pAdjusted: 0.012,
    isSignificant: true,
    outcome: "better",
    chance: {
      toBeatControl: 0.999,
      toLoseToControl: 0.001,
      toReachMinimumEffect: 0.99,
      lossOfVariant: 0.0001,
      lossOfControl: 0.07,
    },
    ...changes,
  };
}

/** What the charts draw, and the table of its primary metric. */
export function aMeasuredResult(comparison: Compared = aCompared()): StoredResult {
  const result = aResult();
  const metric: MetricResult = {
    metric: { id: "upgrade", kind: "rate", direction: "increase", role: "primary", minimumEffect: 0.05 },
    mode: "sequential",
    arms: [
      arm("control", 2_204, 371, 0.168, between(0.153, 0.185)),
      arm("urgent", 2_181, 525, 0.241, between(0.223, 0.259)),
    ],
    comparisons: [comparison],
    varianceReduction: null,
  };
  return { ...result, analysis: result.analysis && { ...result.analysis, metrics: [metric] } };
}

export function withVerdict(verdict: Verdict): StoredResult {
  const result = aMeasuredResult();
  return { ...result, analysis: result.analysis && { ...result.analysis, verdict } };
}

function arm(
  variant: string,
  units: number,
  conversions: number,
  value: number,
  interval: MetricResult["arms"][number]["interval"],
): MetricResult["arms"][number] {
  return { variant, units, conversions, value, interval, chanceToBeBest: null, lossAgainstBest: null };
}
