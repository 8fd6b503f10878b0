import type { Arrivals } from "@calcom/statistics/arrivals";
import type { Assumptions } from "../../types/assumptions";
import { type MetricKind, metricKinds } from "../../types/metric-kind";
import type { Baseline } from "./baseline";

// Assumptions that somebody has typed, in the terms of the forecast. They are used only where there is no history.

export function assumedArrivals({ perWeek }: Assumptions): Arrivals | null {
  return perWeek === null ? null : { perDay: perWeek / 7 };
}

/** Null where too little was said, or what cannot be. */
export function assumedBaseline(kind: MetricKind, { baseline, spread }: Assumptions): Baseline | null {
  if (baseline === null) return null;
  const assumed = { subjects: 0, varianceReduction: 0 };
  if (metricKinds[kind].isShare) {
    const rate = baseline / 100;
    const isRate = rate > 0 && rate < 1;
    return isRate ? { ...assumed, value: rate, input: { kind: "rate", baseline: rate } } : null;
  }
  if (baseline === 0 || spread === null) return null;
  return { ...assumed, value: baseline, input: { kind: "mean", mean: baseline, sd: spread } };
}

export function assumedEffect({ effect }: Assumptions): number | null {
  return effect === null ? null : effect / 100;
}
