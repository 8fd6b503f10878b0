import type { Metric } from "../../metrics/define-metric";
import { foldCountedRecount } from "../fold";
import { tellCounts } from "../fold-counts";
import { keepLargest } from "../largest-segments";
import type { CountedRecount } from "../recount-rows";
import { MOST_VALUES } from "../segments";
import type { FoldRepository } from "./fold.repository";
import type { Foldable } from "./foldable";
import { isOfEvents } from "./metric-sql";
import type { Counted } from "./recount.repository";
import { buildRun, type CountedExperiment, listMetrics } from "./recount-run";
import type { CountedRows } from "./stats.repository";

/**
 * So many values of a fact are kept, of which the largest are shown: which these are may change. Once somebody is erased
 * all are counted anew, and theirs is gone from here with the next count.
 */
const KEPT = { most: 1_000, least: 1 };

/** What was counted in one pass. */
export interface CountedNew {
  /** Null where the values that segments show cannot be told. */
  results: Counted | null;
  counts: CountedRows;
}

/**
 * Counts what is new, for results and for the counts beside them. Null where all have to be counted each time: after the
 * end, once, for the receipt; where a metric reads the host's own tables, which do not say what is new in them; and where
 * it caps at a percentile, which is known from all values alone.
 */
export async function countNew(
  folds: FoldRepository,
  experiment: CountedExperiment,
): Promise<CountedNew | null> {
  const { slug, config, planning } = experiment;
  if (config.endedAt !== null || !listMetrics(planning).every(isFoldable)) {
    await folds.forget(slug, "results");
    return null;
  }
  const foldable: Foldable<CountedRecount> = {
    slug,
    kind: "results",
    includes: "counts",
    unit: config.unit,
    plan: (asOf) => buildRun(experiment, asOf, { kept: KEPT, hasCounts: true }),
    fold: foldCountedRecount,
  };
  const { asOf, counted } = await folds.count(foldable);
  const { converted: _converted, assignments: _assignments, ...all } = counted;
  const recount = keepLargest(all, MOST_VALUES);
  return {
    results: recount && { asOf, recount, run: buildRun(experiment, asOf) },
    counts: { asOf, counted: tellCounts(counted) },
  };
}

function isFoldable(metric: Metric): boolean {
  if (!isOfEvents(metric)) return false;
  return metric.kind !== "mean" || metric.winsorize === null || "value" in metric.winsorize;
}
