import type { MetricTrials } from "./metric-trials";

/** Logs at each start which metrics cannot be computed, so that a release with such a metric is noticed. */
export async function logFaultyMetrics(
  trials: Pick<MetricTrials, "listFaulty">,
  log: { error(message: string, facts?: Record<string, unknown>): void },
): Promise<void> {
  try {
    for (const { metric, fault } of await trials.listFaulty())
      log.error("A metric cannot be measured on this database, and is not offered.", {
        metric: metric.key,
        fault,
      });
  } catch {
    // The database does not answer, which is logged elsewhere. Choosing a metric and starting try it again.
  }
}
