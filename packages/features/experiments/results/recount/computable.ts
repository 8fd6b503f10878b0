import { sqlState } from "@calcom/lib/sql";
import type { PlannedMetric } from "../../metrics/planned";
import { metricFault } from "../../utils/refusals";
import type { StoredResult } from "../types";
import type { MetricTrialRepository } from "./metric-trial.repository";
import type { CountedExperiment } from "./recount-run";

/** A name that is unknown, or a value that cannot be read; not a database that is away or slow. */
const FAULTS_OF_STATEMENTS = /^(22|42)/;

export function isFaultOfStatement(error: unknown): boolean {
  return FAULTS_OF_STATEMENTS.test(sqlState(error) ?? "");
}

/**
 * What of an experiment can still be counted, once its statement has failed: a metric whose table or column is gone is
 * left out, and named among those that cannot be computed. Only a secondary one: without the primary metric figures would
 * be told that have to wait for it, without a guardrail a variant would be called safe, and a test that was made once stays.
 *
 * @throws the error where no metric is at fault; ExperimentError `invalid_config`, with the fault, where none can be left out
 */
export async function leaveOutFaulty<Question extends CountedExperiment & { previous: StoredResult | null }>(
  trials: Pick<MetricTrialRepository, "findFault">,
  question: Question,
  error: unknown,
): Promise<Question> {
  const { metrics, unknown } = question.planning;
  const faulty: (PlannedMetric & { fault: string })[] = [];
  for (const planned of metrics) {
    const fault = await trials.findFault(planned.metric);
    if (fault !== null) faulty.push({ ...planned, fault });
  }
  const decisive = faulty.find(({ role }) => role !== "secondary");
  const refused = decisive ?? (question.previous?.analysis?.isFinal ? faulty[0] : undefined);
  if (refused !== undefined) throw metricFault(refused.metric.name, refused.fault);
  if (faulty.length === 0) throw error;
  const keys = faulty.map(({ metric }) => metric.key);
  const planning = {
    metrics: metrics.filter(({ metric }) => !keys.includes(metric.key)),
    unknown: [...unknown, ...keys],
  };
  return { ...question, planning };
}
