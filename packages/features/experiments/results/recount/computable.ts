import { isFaultOfStatement, isTooSlow, sqlState } from "@calcom/lib/sql";
import { HOUR_MS } from "@calcom/lib/time";
import { faultOfQuery, TOO_SLOW } from "../../metrics/faults";
import type { MetricPlanning, PlannedMetric, UnmeasuredMetric } from "../../metrics/planned";
import { metricFault } from "../../utils/refusals";
import type { StoredResult } from "../types";
import type { RecountRepository } from "./recount.repository";
import { buildRun, type CountedExperiment } from "./recount-run";

export type Asked = CountedExperiment & { previous: StoredResult | null };

/** How long trials may take, in milliseconds. */
export interface TrialTimes {
  /** Counting without any metric. */
  without: number;
  /** How much longer it may take with one. */
  withOne: number;
  /** All trials: a metric whose turn has not come by then is left out as well. */
  all: number;
}

/** Within ten minutes, together with a count before them and one after them. */
export const TRIAL_TIMES: TrialTimes = { without: 60_000, withOne: 20_000, all: 240_000 };

/**
 * What of an experiment can still be counted, once its statement has failed or has taken too long: each metric is counted
 * by itself, and those that fail, or are slow, are left out. The result names them: without a guardrail it calls nothing
 * safe, and without the primary metric it tells nothing by variant.
 *
 * @throws the error where no metric is at fault; ExperimentError `invalid_config` where a test that was made once would
 * be made again
 */
export async function leaveOutFaulty<Question extends Asked>(
  recounts: Pick<RecountRepository, "run">,
  question: Question,
  error: unknown,
  times: TrialTimes,
): Promise<Question> {
  const began = performance.now();
  const tryWith = (metrics: PlannedMetric[], milliseconds: number) => {
    const leftMs = times.all - (performance.now() - began);
    return findFault(recounts, question, metrics, Math.max(1, Math.min(milliseconds, leftMs)));
  };
  if ((await tryWith([], times.without)) !== null) throw error;
  const withoutMs = performance.now() - began;
  const faulty: UnmeasuredMetric[] = [];
  for (const planned of question.planning.metrics) {
    const state = await tryWith([planned], withoutMs + times.withOne);
    if (state !== null) faulty.push(toUnmeasured(planned, faultOfQuery(state)));
  }
  const [first] = faulty;
  if (first === undefined) throw error;
  if (question.previous?.analysis?.isFinal) throw metricFault(first.name, first.fault);
  return { ...question, planning: leaveOut(question.planning, faulty) };
}

/**
 * The same, without asking the database, for metrics that were too slow when the experiment was counted last. They are
 * tried again each hour: else everything would wait for them each time.
 */
export function leaveOutSlow<Question extends Asked>(question: Question, now = Date.now()): Question {
  const { previous, planning } = question;
  if (previous === null || hourOf(Date.parse(previous.asOf)) !== hourOf(now)) return question;
  const slow = new Set(
    previous.unmeasured?.filter(({ fault }) => fault.text === TOO_SLOW.text).map(({ key }) => key),
  );
  const left = planning.metrics.filter(({ metric }) => slow.has(metric.key));
  if (left.length === 0) return question;
  const unmeasured = left.map((planned) => toUnmeasured(planned, TOO_SLOW));
  return { ...question, planning: leaveOut(planning, unmeasured) };
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}

function toUnmeasured({ metric, role }: PlannedMetric, fault: UnmeasuredMetric["fault"]): UnmeasuredMetric {
  return { key: metric.key, name: metric.name, role, fault };
}

function leaveOut({ metrics, unknown, broken }: MetricPlanning, left: UnmeasuredMetric[]): MetricPlanning {
  const isLeft = (key: string) => left.some((one) => one.key === key);
  return {
    metrics: metrics.filter(({ metric }) => !isLeft(metric.key)),
    unknown: [...unknown, ...left],
    broken: broken.filter(({ key }) => !isLeft(key)),
  };
}

/** The SQLSTATE with which the statement fails of these metrics, or runs into the limit; null where it does not. */
async function findFault(
  recounts: Pick<RecountRepository, "run">,
  question: CountedExperiment,
  metrics: PlannedMetric[],
  limitMs: number,
): Promise<string | null> {
  const alone = { ...question, planning: { metrics, unknown: [], broken: [] } };
  try {
    await recounts.run((asOf) => buildRun(alone, asOf), Math.ceil(limitMs));
    return null;
  } catch (error) {
    if (!isFaultOfStatement(error) && !isTooSlow(error)) throw error;
    return sqlState(error);
  }
}
