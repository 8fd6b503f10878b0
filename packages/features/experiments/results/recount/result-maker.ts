import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { Epoch } from "../../types/admin";
import type { Analyse, Computation } from "../computation";
import type { DigestRow } from "../digest-row";
import { judgeHealth } from "../health";
import type { StoredResult } from "../types";
import { isFaultOfStatement, leaveOutFaulty } from "./computable";
import { computeResult } from "./compute";
import type { FoldRepository } from "./fold.repository";
import { countNew } from "./foldable-results";
import type { HealthRepository } from "./health.repository";
import type { MetricTrialRepository } from "./metric-trial.repository";
import { makeReceipt } from "./receipt";
import type { Counted, RecountRepository } from "./recount.repository";
import { buildRun, listMetrics, readCounted } from "./recount-run";
import type { ResultsRepository } from "./results.repository";

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
  /** Tries a metric by itself, where the statement of all has failed. */
  tried: Pick<MetricTrialRepository, "findFault">;
  analyse: Analyse;
}

type Question = Omit<Computation, "recount" | "asOf">;

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
  async make(slug: string, { hasReceipt }: { hasReceipt: boolean }): Promise<StoredResult | null> {
    const question = await this.#question(slug);
    if (question === null) return null;
    try {
      return await this.#make(question, { hasReceipt });
    } catch (error) {
      return this.#make(await this.#withoutFaulty(question, error), { hasReceipt: true });
    }
  }

  async #make(question: Question, { hasReceipt }: { hasReceipt: boolean }): Promise<StoredResult | null> {
    const started = performance.now();
    const { results, health, recounts, finalRecounts } = this.#parts;
    const { slug, config, epochs, planning } = question;
    const { endedAt } = config;
    const plan = (asOf: Date) => buildRun(question, asOf);
    const counted: Counted & { digest?: DigestRow } =
      endedAt !== null && !hasReceipt
        ? await finalRecounts.runWithDigest(plan, { endedAt })
        : await this.#count(question, () => recounts.run(plan));
    const computed = await computeResult({ ...question, ...counted });
    const result: StoredResult = { ...computed, tookMs: Math.round(performance.now() - started) };
    if (!(await results.store(result))) return null;
    await health.store(slug, judgeHealth({ result, isAsked: await health.isAsked(slug) }));
    const { digest, asOf } = counted;
    // The clock of whoever concluded may be ahead of the database's: before the end has come, a receipt would be final
    // without what happened up to it.
    if (digest !== undefined && endedAt !== null && asOf >= new Date(endedAt)) {
      const chosen = listMetrics(planning);
      await results.storeReceipt(makeReceipt({ config, epochs, chosen, result, ...counted, digest }));
    }
    return result;
  }

  async #count(question: Question, countAll: () => Promise<Counted>): Promise<Counted> {
    const { folds } = this.#parts;
    return (folds && (await countNew(folds, question))) ?? countAll();
  }

  /** What the result would be if the experiment ended now; it is stored nowhere. */
  async makeAsIfEnded(slug: string, limitMs: number): Promise<StoredResult | null> {
    const question = await this.#question(slug);
    if (question === null) return null;
    try {
      return await this.#makeAsIfEnded(question, limitMs);
    } catch (error) {
      return this.#makeAsIfEnded(await this.#withoutFaulty(question, error), limitMs);
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

  /** What a metric reads may be there no longer: then its statement fails, and the list says so. @throws as `leaveOutFaulty` */
  async #withoutFaulty(question: Question, error: unknown): Promise<Question> {
    if (!isFaultOfStatement(error)) throw error;
    await this.#parts.health.add(question.slug, "metric_broken");
    return leaveOutFaulty(this.#parts.tried, question, error);
  }
}
