import { isFaultOfStatement, sqlState } from "@calcom/lib/sql";
import { faultOfQuery } from "../../metrics/faults";
import type { PlannedMetric, UnmeasuredMetric } from "../../metrics/planned";
import { metricFault } from "../../utils/refusals";
import type { StoredResult } from "../types";
import type { RecountRepository } from "./recount.repository";
import { buildRun, type CountedExperiment } from "./recount-run";

export type Asked = CountedExperiment & { previous: StoredResult | null };

/**
 * What of an experiment can still be counted, once its statement has failed: each metric is counted by itself, and those
 * that fail are left out. The result names them: without a guardrail it calls nothing safe, and without the primary
 * metric it tells nothing by variant.
 *
 * @throws the error where no metric is at fault; ExperimentError `invalid_config` where a test that was made once would
 * be made again
 */
export async function leaveOutFaulty<Question extends Asked>(
  recounts: Pick<RecountRepository, "run">,
  question: Question,
  error: unknown,
): Promise<Question> {
  const { metrics, unknown, broken } = question.planning;
  const faulty: UnmeasuredMetric[] = [];
  for (const planned of metrics) {
    const state = await findFault(recounts, question, planned);
    if (state === null) continue;
    const { metric, role } = planned;
    faulty.push({ key: metric.key, name: metric.name, role, fault: faultOfQuery(state) });
  }
  const [first] = faulty;
  if (first === undefined) throw error;
  if (question.previous?.analysis?.isFinal) throw metricFault(first.name, first.fault);
  const isFaulty = (key: string) => faulty.some((one) => one.key === key);
  const planning = {
    metrics: metrics.filter(({ metric }) => !isFaulty(metric.key)),
    unknown: [...unknown, ...faulty],
    broken: broken.filter(({ key }) => !isFaulty(key)),
  };
  return { ...question, planning };
}

/** The SQLSTATE with which the statement fails of one metric; null where it does not. */
async function findFault(
  recounts: Pick<RecountRepository, "run">,
  question: CountedExperiment,
  planned: PlannedMetric,
): Promise<string | null> {
  const alone = { ...question, planning: { metrics: [planned], unknown: [], broken: [] } };
  try {
    await recounts.run((asOf) => buildRun(alone, asOf));
    return null;
  } catch (error) {
    if (!isFaultOfStatement(error)) throw error;
    return sqlState(error);
  }
}
