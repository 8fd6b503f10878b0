import { written } from "@calcom/lib/sentence";
import { isFaultOfStatement, isTooSlow } from "@calcom/lib/sql";
import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { Epoch } from "../../types/admin";
import type { Analyse, Computation } from "../computation";
import type { DigestRow } from "../digest-row";
import { judgeHealth } from "../health";
import type { StoredResult } from "../types";
import { leaveOutFaulty, leaveOutSlow, TRIAL_TIMES, type TrialTimes } from "./computable";
import { computeResult } from "./compute";
import type { FoldRepository } from "./fold.repository";
import { countNew } from "./foldable-results";
import type { HealthRepository } from "./health.repository";
import { makeReceipt } from "./receipt";
import type { Counted, RecountRepository } from "./recount.repository";
import { buildRun, listMetrics, readCounted } from "./recount-run";
import type { ResultsRepository } from "./results.repository";
import type { CountedRows } from "./stats.repository";

export interface ResultMakerParts {
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  experiments: { listEpochs(slug: string): Promise<Epoch[]> };
  results: Pick<ResultsRepository, "find" | "store" | "storeReceipt">;
  health: Pick<HealthRepository, "isAsked" | "store" | "add">;
  /** Reads from the replica, if there is one. */
  recounts: RecountRepository;
  /** Null where results are read from a replica, whose snapshots do not name transactions. */
  folds: FoldRepository | null;
  /** Reads from the primary: a receipt must not miss what a replica has not replayed. */
  finalRecounts: RecountRepository;
  metrics: MetricRegistry;
  analyse: Analyse;
  trialTimes?: TrialTimes;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

type Question = Omit<Computation, "recount" | "asOf">;

interface Made {
  /** Null if the experiment was gone before it could be stored. */
  result: StoredResult | null;
  /** What pages show beside it; null where it was not counted in the same pass. */
  counts: CountedRows | null;
}

/** Counts one experiment and computes its result, however many others are at it: `RecountService` takes turns. */
export class ResultMaker {
  readonly #parts: ResultMakerParts;

  constructor(parts: ResultMakerParts) {
    this.#parts = parts;
  }

  /**
   * Stores the result and, once the experiment is over, its receipt, which waits until all of its metrics can be computed.
   * Null if there is nothing to count.
   */
  async make(slug: string, { hasReceipt }: { hasReceipt: boolean }): Promise<Made | null> {
    const whole = await this.#question(slug);
    if (whole === null) return null;
    const question = leaveOutSlow(whole);
    const isFinal = whole.config.endedAt !== null && !hasReceipt && question === whole;
    try {
      return await this.#make(question, { isFinal });
    } catch (error) {
      const recounts = this.#parts[isFinal ? "finalRecounts" : "recounts"];
      return this.#make(await this.#withoutFaulty(question, error, recounts), { isFinal: false });
    }
  }

  async #make(question: Question, { isFinal }: { isFinal: boolean }): Promise<Made> {
    const started = performance.now();
    const { results, health, recounts, finalRecounts, folds } = this.#parts;
    const { slug, config, epochs, planning } = question;
    const { endedAt } = config;
    const plan = (asOf: Date) => buildRun(question, asOf);
    const pass = isFinal || folds === null ? null : await countNew(folds, question);
    const counts = pass?.counts ?? null;
    const counted: Counted & { digest?: DigestRow } =
      isFinal && endedAt !== null
        ? await finalRecounts.runWithDigest(plan, { endedAt })
        : (pass?.results ?? (await recounts.run(plan)));
    const computed = await computeResult({ ...question, ...counted });
    // Nothing is added to it any more, and nobody would take out of it who is erased later.
    if (endedAt !== null) await this.#parts.folds?.forget(slug, "results");
    const result: StoredResult = { ...computed, tookMs: Math.round(performance.now() - started) };
    if (!(await results.store(result))) return { result: null, counts };
    await health.store(slug, judgeHealth({ result, isAsked: await health.isAsked(slug) }));
    const { digest, asOf } = counted;
    // The clock of whoever concluded may be ahead of the database's: before the end has come, a receipt would be final
    // without what happened up to it.
    if (digest !== undefined && endedAt !== null && asOf >= new Date(endedAt)) {
      const chosen = listMetrics(planning);
      await results.storeReceipt(makeReceipt({ config, epochs, chosen, result, ...counted, digest }));
    }
    return { result, counts };
  }

  /** What the result would be if the experiment ended now; it is stored nowhere. */
  async makeAsIfEnded(slug: string, limitMs: number): Promise<StoredResult | null> {
    const whole = await this.#question(slug);
    if (whole === null) return null;
    const question = leaveOutSlow(whole);
    try {
      return await this.#makeAsIfEnded(question, limitMs);
    } catch (error) {
      // Nobody waits for longer. What is slow is found in the background.
      if (isTooSlow(error)) throw error;
      const left = await this.#withoutFaulty(question, error, this.#parts.finalRecounts);
      return this.#makeAsIfEnded(left, limitMs);
    }
  }

  async #makeAsIfEnded(question: Question, limitMs: number): Promise<StoredResult> {
    const started = performance.now();
    const ended = (asOf: Date): Question => ({
      ...question,
      config: { ...question.config, status: "concluded", endedAt: asOf.toISOString() },
    });
    const counted = await this.#parts.finalRecounts.run((asOf) => buildRun(ended(asOf), asOf), limitMs);
    const computed = await computeResult({ ...ended(counted.asOf), ...counted });
    return { ...computed, tookMs: Math.round(performance.now() - started) };
  }

  /** What is asked of the rows, and what the answer goes on from. Null for an experiment that cannot be read. */
  async #question(slug: string): Promise<Question | null> {
    const { configs, experiments, results, metrics, analyse } = this.#parts;
    const read = await readCounted({ configs, metrics }, slug);
    if (read === null) return null;
    if (!read.ok) {
      await this.#parts.health.add(slug, "damaged");
      return null;
    }
    const [epochs, { result: previous }] = await Promise.all([
      experiments.listEpochs(slug),
      results.find(slug),
    ]);
    return { ...read.counted, epochs, previous, analyse };
  }

  /**
   * What a metric reads may be there no longer, or may be no number, or too much: then its statement fails, and the list
   * says so.
   *
   * @throws as `leaveOutFaulty`
   */
  async #withoutFaulty(question: Question, error: unknown, recounts: RecountRepository): Promise<Question> {
    const isFaulty = isFaultOfStatement(error);
    if (!isFaulty && !isTooSlow(error)) throw error;
    const { health, log, trialTimes = TRIAL_TIMES } = this.#parts;
    const { slug } = question;
    // Whether a metric is slow, or the database, trials have to tell.
    if (isFaulty) await health.add(slug, "metric_broken");
    const left = await leaveOutFaulty(recounts, question, error, trialTimes);
    for (const { key, fault } of left.planning.unknown.filter(
      (one) => !question.planning.unknown.includes(one),
    ))
      log.warn("A metric of an experiment can’t be measured; its results go on without it", {
        slug,
        metric: key,
        fault: written(fault),
      });
    return left;
  }
}
