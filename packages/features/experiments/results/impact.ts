import type { Comparison, MetricKind } from "@calcom/statistics";
import { type Impact, impactPerMonth } from "@calcom/statistics/impact";
import { readPace } from "./design";
import type { StoredResult } from "./types";

/**
 * Units that were exposed per day: the traffic that an impact is told at. Null where it is not known, and where the split
 * is off: groups that are not alike promise nothing.
 */
export function readTraffic(result: StoredResult): number | null {
  return result.analysis?.split.status === "off" ? null : readPace(result).unitsPerDay;
}

/** Null where the comparison is withheld, or nothing adds up to a month. */
export function findImpact(kind: MetricKind, comparison: Comparison, traffic: number | null): Impact | null {
  return comparison.status === "withheld" || traffic === null
    ? null
    : impactPerMonth(kind, comparison, traffic);
}

export interface ToldImpact extends Impact {
  metric: string;
  variant: string;
}

/** Of every comparison of a result that may be read. */
export function listImpacts(result: StoredResult): ToldImpact[] {
  const traffic = readTraffic(result);
  return (result.analysis?.metrics ?? []).flatMap(({ metric, comparisons }) =>
    comparisons.flatMap((comparison) => {
      const impact = findImpact(metric.kind, comparison, traffic);
      return impact === null ? [] : [{ metric: metric.id, variant: comparison.variant, ...impact }];
    }),
  );
}
