import type { Metric } from "../../metrics/define-metric";
import { foldRecount } from "../fold";
import { keepLargest } from "../largest-segments";
import type { Recount } from "../recount-rows";
import { MOST_VALUES } from "../segments";
import type { Foldable, FoldRepository } from "./fold.repository";
import { isOfEvents } from "./metric-sql";
import type { Counted } from "./recount.repository";
import { buildRun, type CountedExperiment, listMetrics } from "./recount-run";

/**
 * So many values of a fact are kept, of which the largest are shown: which these are may change. Once somebody is erased
 * all are counted anew, and theirs is gone from here with the next count.
 */
const KEPT = { most: 1_000, least: 1 };

/**
 * Counts what is new. Null where all have to be counted each time: after the end, once, for the receipt; where a metric
 * reads the host's own tables, which do not say what is new in them; and where it caps at a percentile, which is known
 * from all values alone.
 */
export async function countNew(
  folds: FoldRepository,
  experiment: CountedExperiment,
): Promise<Counted | null> {
  const { slug, config, planning } = experiment;
  if (config.endedAt !== null || !listMetrics(planning).every(isFoldable)) {
    await folds.forget(slug, "results");
    return null;
  }
  const foldable: Foldable<Recount> = {
    slug,
    kind: "results",
    unit: config.unit,
    plan: (asOf) => buildRun(experiment, asOf, KEPT),
    fold: foldRecount,
  };
  const { asOf, counted } = await folds.count(foldable);
  const recount = keepLargest(counted, MOST_VALUES);
  return recount && { asOf, recount, run: buildRun(experiment, asOf) };
}

function isFoldable(metric: Metric): boolean {
  if (!isOfEvents(metric)) return false;
  return metric.kind !== "mean" || metric.winsorize === null || "value" in metric.winsorize;
}
