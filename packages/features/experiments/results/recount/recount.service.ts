import { observe } from "@calcom/lib/telemetry";
import { atMost, within } from "@calcom/lib/within";
import type { ExperimentsRepository } from "../../experiments.repository";
import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import { ExperimentError } from "../../types/errors";
import type { Analyse, Computation } from "../computation";
import type { DigestRow } from "../digest-row";
import type { StoredResult } from "../types";
import { computeResult } from "./compute";
import { receiptOf } from "./receipt";
import type { Counted, RecountRepository } from "./recount.repository";
import { chosenOf, readCounted, runOf } from "./recount-run";
import type { ResultsRepository } from "./results.repository";

export interface RecountParts {
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  experiments: Pick<ExperimentsRepository, "epochs">;
  results: ResultsRepository;
  /** Reads from the replica, if there is one. */
  recounts: RecountRepository;
  /** Reads from the primary: a receipt must not miss what a replica has not replayed. */
  finalRecounts: RecountRepository;
  metrics: MetricRegistry;
  analyse: Analyse;
}

type Question = Omit<Computation, "recount" | "asOf">;

interface Turn {
  /** Whether to wait while another node counts. */
  isPatient?: boolean;
  /** By the clock of the database. A result from this time or later is as good as a new one. */
  since?: Date;
}

interface Log {
  warn(message: string, facts?: Record<string, unknown>): void;
}

const PATIENCE_MS = 10_000;
/** How long somebody waits for the final figures before they conclude. */
const PREVIEW_MS = 20_000;

/** Computes results and makes receipts. It checks no permission, and no door hands it out. */
export class RecountService {
  readonly #parts: RecountParts;
  readonly #underWay = new Map<string, Promise<StoredResult | null>>();
  readonly #ends = new Map<string, Promise<StoredResult | null>>();
  /** Recounts run one after the other: a node has pages to serve, and a recount takes two connections. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: RecountParts) {
    this.#parts = parts;
  }

  /** The experiments that should be counted again. */
  due(): Promise<string[]> {
    return this.#parts.results.due();
  }

  /** Counts again. Null if another node is counting, or if there is nothing to count. */
  recount(slug: string, turn: Turn = {}): Promise<StoredResult | null> {
    const underWay = this.#underWay.get(slug);
    if (underWay !== undefined) return underWay;
    const run = this.#queue.then(() => observe("experiments.recount", () => this.#inTurn(slug, turn)));
    this.#queue = run.catch(() => {});
    const tracked = run.finally(() => this.#underWay.delete(slug));
    this.#underWay.set(slug, tracked);
    return tracked;
  }

  /**
   * Computes what the result would be if the experiment ended now: by the statement, the code and the database that its
   * receipt will be made with. It is stored nowhere. Several who ask at the same time share one count.
   *
   * @throws ExperimentError `unavailable` if it takes longer than somebody waits in front of a dialog
   */
  asIfEnded(slug: string): Promise<StoredResult | null> {
    const underWay = this.#ends.get(slug);
    if (underWay !== undefined) return underWay;
    const run = this.#queue.then(() => this.#asIfEnded(slug));
    this.#queue = run.catch(() => {});
    const tracked = within(PREVIEW_MS, run, tooSlow).finally(() => this.#ends.delete(slug));
    this.#ends.set(slug, tracked);
    return tracked;
  }

  /**
   * Makes the receipt of a conclusion. The caller waits a while for it; what is slow or fails is made in the
   * background.
   */
  async settle(slug: string, log: Log): Promise<void> {
    const made = this.#settle(slug).catch((error: unknown) =>
      log.warn("The receipt of a conclusion could not be made; it is tried again", { slug, error }),
    );
    await atMost(PATIENCE_MS, made);
  }

  /** Tries more than once: a count that was under way may not have known of the end. */
  async #settle(slug: string): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.recount(slug, { isPatient: true });
      if ((await this.#parts.results.find(slug)).receipt !== null) return;
    }
  }

  async #inTurn(slug: string, { isPatient = false, since }: Turn): Promise<StoredResult | null> {
    const { results } = this.#parts;
    const before = await results.find(slug);
    return results.inTurn(slug, isPatient, async () => {
      const now = await results.find(slug);
      // Another caller has counted while we waited, or after we were asked.
      if (now.result?.asOf !== before.result?.asOf || isFrom(now.result, since)) return now.result;
      return this.#compute(slug, now.receipt !== null);
    });
  }

  async #compute(slug: string, hasReceipt: boolean): Promise<StoredResult | null> {
    const started = performance.now();
    const { results, recounts, finalRecounts } = this.#parts;
    const question = await this.#question(slug);
    if (question === null) return null;
    const { config, epochs, planning } = question;
    const { endedAt } = config;
    const plan = (asOf: Date) => runOf(question, asOf);
    const counted: Counted & { digest?: DigestRow } =
      endedAt !== null && !hasReceipt
        ? await finalRecounts.runWithDigest(plan, { endedAt })
        : await recounts.run(plan);
    const computed = await computeResult({ ...question, ...counted });
    const result: StoredResult = { ...computed, tookMs: Math.round(performance.now() - started) };
    if (!(await results.store(result))) return null;
    const { digest, asOf } = counted;
    // The clock of whoever concluded may be ahead of the database's: before the end has come, a receipt would be final
    // without what happened up to it.
    if (digest !== undefined && endedAt !== null && asOf >= new Date(endedAt)) {
      const chosen = chosenOf(planning);
      await results.storeReceipt(receiptOf({ config, epochs, chosen, result, ...counted, digest }));
    }
    return result;
  }

  async #asIfEnded(slug: string): Promise<StoredResult | null> {
    const started = performance.now();
    const question = await this.#question(slug);
    if (question === null) return null;
    const ended = (asOf: Date): Question => ({
      ...question,
      config: { ...question.config, status: "concluded", endedAt: asOf.toISOString() },
    });
    const counted = await this.#parts.finalRecounts.run((asOf) => runOf(ended(asOf), asOf), PREVIEW_MS);
    const computed = await computeResult({ ...ended(counted.asOf), ...counted });
    return { ...computed, tookMs: Math.round(performance.now() - started) };
  }

  /** What is asked of the rows, and what the answer goes on from. Null for an experiment that cannot be read. */
  async #question(slug: string): Promise<Question | null> {
    const { configs, experiments, results, metrics, analyse } = this.#parts;
    const read = await readCounted({ configs, metrics }, slug);
    if (read === null || !read.ok) return null;
    const [epochs, { result: previous }] = await Promise.all([experiments.epochs(slug), results.find(slug)]);
    return { ...read.counted, epochs, previous, analyse };
  }
}

function isFrom(result: StoredResult | null, since: Date | undefined): boolean {
  return result !== null && since !== undefined && Date.parse(result.asOf) >= since.getTime();
}

function tooSlow(): ExperimentError {
  return new ExperimentError("unavailable", "Counting takes too long at the moment: try again later.");
}
