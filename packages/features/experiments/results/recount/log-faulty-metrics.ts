import type { MetricTrials } from "./metric-trials";

/** In the log of each start: whoever releases a metric learns there that it cannot be measured. */
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
