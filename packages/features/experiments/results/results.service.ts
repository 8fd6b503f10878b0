import type { Actor } from "../admin/access.service";
import { noSuchExperiment } from "../admin/refusals";
import type { ExperimentsRepository } from "../experiments.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { ExperimentConfig } from "../types";
import { readStoredConfig } from "../utils/stored-config";
import { type Analyse, computeResult } from "./compute";
import type { DigestRow } from "./digest-sql";
import { earlyResult } from "./early-look";
import { csvOf } from "./export-csv";
import { jsonOf } from "./export-json";
import { latestCut } from "./looks";
import { receiptOf } from "./receipt";
import type { Counted, RecountRepository } from "./recount.repository";
import { recountSql } from "./recount-sql";
import type { ResultsRepository } from "./results.repository";
import type { LatestResult, MetricSummary, RecountRun, ResultsView, StoredResult } from "./types";
import { withheldFrom } from "./withhold";

export interface ResultsParts {
  /** Of the admin: asks the database at each call. */
  authorize: (actor: Actor, permission: "view" | "decide") => Promise<number>;
  experiments: Pick<ExperimentsRepository, "loadMany" | "epochs">;
  results: ResultsRepository;
  /** Reads the replica where there is one. */
  recounts: RecountRepository;
  /** Reads the database that is written to: a receipt must not miss what a replica has not replayed. */
  finalRecounts: RecountRepository;
  metrics: MetricRegistry;
  analyse: Analyse;
}

interface Turn {
  /** Whether to wait where another node is at it. */
  isPatient?: boolean;
  /** By the clock of the database; a result from then or later is as good as a new one. */
  since?: Date;
}

interface Log {
  warn(message: string, facts?: Record<string, unknown>): void;
}

const PATIENCE_MS = 10_000;

/** Results: computed in the background and kept, so that a page only ever reads what is there. */
export class ResultsService {
  readonly #parts: ResultsParts;
  readonly #underWay = new Map<string, Promise<StoredResult | null>>();
  /** One after the other: a node has pages to serve, and a recount takes two connections. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ResultsParts) {
    this.#parts = parts;
  }

  /** What was computed last; `result` is null where nothing was. Before their time, comparisons are left out. */
  async get(actor: Actor, slug: string): Promise<ResultsView> {
    await this.#parts.authorize(actor, "view");
    return this.#readable(slug);
  }

  /** Enough for a page that is open to know whether to ask for more. */
  async latest(actor: Actor, slug: string): Promise<LatestResult> {
    await this.#parts.authorize(actor, "view");
    return this.#parts.results.latest(slug);
  }

  /**
   * The figures of now although it is too early for them. It is in the audit log before they are read: who, when, and
   * what could be seen. Where nothing is withheld, nothing is recorded.
   *
   * @throws ExperimentError `not_allowed` for whoever may not decide
   */
  async lookEarly(actor: Actor, slug: string): Promise<ResultsView> {
    const actorId = await this.#parts.authorize(actor, "decide");
    const view = await this.#readable(slug);
    if (view.figures !== "withheld") return view;
    const { result } = await this.#parts.results.find(slug);
    if (result === null) return view;
    await this.#parts.results.recordLook(actorId, slug, {
      asOf: result.asOf,
      mode: result.settings.mode,
      verdict: result.analysis?.verdict.code ?? null,
      exposed: result.exposed,
    });
    return { ...view, figures: "early", result: earlyResult(result, this.#parts.analyse) };
  }

  /** Counts again now. Of several who ask at the same time, on whatever node, one counts and all get it. */
  async refresh(actor: Actor, slug: string): Promise<ResultsView> {
    await this.#parts.authorize(actor, "view");
    if (!(await this.#exists(slug))) throw noSuchExperiment(slug);
    const since = await this.#parts.results.now();
    await this.recount(slug, { isPatient: true, since });
    return this.#readable(slug);
  }

  /** The table behind the page: one line for each metric and variant, with its comparison. */
  async exportCsv(actor: Actor, slug: string): Promise<string> {
    const { result } = await this.get(actor, slug);
    return csvOf(result);
  }

  /** All that the page is made of. */
  async exportJson(actor: Actor, slug: string): Promise<string> {
    return jsonOf(await this.get(actor, slug));
  }

  /** What an experiment of any unit may name, for the form. */
  async listMetrics(actor: Actor): Promise<MetricSummary[]> {
    await this.#parts.authorize(actor, "view");
    return this.#parts.metrics.list().map(({ key, name, kind, direction, minimumEffect }) => ({
      key,
      name,
      kind,
      direction,
      minimumEffect,
    }));
  }

  /**
   * For the timer and the flow of a conclusion, not for a door. Null where another node is at it, or where there is
   * nothing that could be counted.
   */
  recount(slug: string, turn: Turn = {}): Promise<StoredResult | null> {
    const underWay = this.#underWay.get(slug);
    if (underWay !== undefined) return underWay;
    const run = this.#queue.then(() => this.#inTurn(slug, turn));
    this.#queue = run.catch(() => {});
    const tracked = run.finally(() => this.#underWay.delete(slug));
    this.#underWay.set(slug, tracked);
    return tracked;
  }

  /**
   * Makes the receipt of an experiment that was concluded. Whoever concluded waits for it, but not for long: what is
   * not there by then, or has failed, is made in the background.
   */
  async settle(slug: string, log: Log): Promise<void> {
    const made = this.#settle(slug).catch((error: unknown) =>
      log.warn("The receipt of a conclusion could not be made; it is tried again", { slug, error }),
    );
    let timeout: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timeout = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([made, patience]);
    clearTimeout(timeout);
  }

  /** The one way out of the service, so that no door shows more than another. */
  async #readable(slug: string): Promise<ResultsView> {
    const { result, receipt } = await this.#parts.results.find(slug);
    if (result === null && !(await this.#exists(slug))) throw noSuchExperiment(slug);
    const readable = result && withheldFrom(result);
    return { slug, figures: readable === result ? "all" : "withheld", result: readable, receipt };
  }

  async #exists(slug: string): Promise<boolean> {
    return (await this.#parts.experiments.loadMany([slug])).length > 0;
  }

  /** A count that was under way did not know of the end yet. */
  async #settle(slug: string): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.recount(slug, { isPatient: true });
      if ((await this.#parts.results.find(slug)).receipt !== null) return;
    }
  }

  /** Which experiments are to be counted again. */
  due(): Promise<string[]> {
    return this.#parts.results.due();
  }

  async #inTurn(slug: string, { isPatient = false, since }: Turn): Promise<StoredResult | null> {
    const { results } = this.#parts;
    const before = await results.find(slug);
    return results.inTurn(slug, isPatient, async () => {
      const now = await results.find(slug);
      // Whoever was before us has counted while we waited, or since we were asked.
      if (now.result?.asOf !== before.result?.asOf || isFrom(now.result, since)) return now.result;
      return this.#compute(slug, now.receipt !== null);
    });
  }

  async #compute(slug: string, hasReceipt: boolean): Promise<StoredResult | null> {
    const started = performance.now();
    const { experiments, results, recounts, finalRecounts, metrics, analyse } = this.#parts;
    const [row] = await experiments.loadMany([slug]);
    const stored = row === undefined ? null : readStoredConfig(row);
    if (stored === null || !stored.ok) return null;
    const { config } = stored;
    const planning = metrics.plan(config);
    const chosen = planning.metrics.map(({ metric }) => metric);
    const plan = (asOf: Date): RecountRun =>
      runOf(slug, config, chosen, asOf, planning.metrics[0]?.metric.key);
    const [epochs, { result: previous }] = await Promise.all([experiments.epochs(slug), results.find(slug)]);
    const { endedAt } = config;
    const counted: Counted & { digest?: DigestRow } =
      endedAt !== null && !hasReceipt
        ? await finalRecounts.runWithDigest(plan, { endedAt })
        : await recounts.run(plan);
    const computed = await computeResult({ slug, config, epochs, planning, previous, analyse, ...counted });
    const result: StoredResult = { ...computed, tookMs: Math.round(performance.now() - started) };
    if (!(await results.store(result))) return null;
    const { digest } = counted;
    if (digest !== undefined)
      await results.storeReceipt(receiptOf({ config, epochs, chosen, result, ...counted, digest }));
    return result;
  }
}

function isFrom(result: StoredResult | null, since: Date | undefined): boolean {
  return result !== null && since !== undefined && Date.parse(result.asOf) >= since.getTime();
}

function runOf(
  slug: string,
  config: ExperimentConfig,
  metrics: Parameters<typeof recountSql>[0]["metrics"],
  asOf: Date,
  segmented: string | undefined,
): RecountRun {
  const { unit, conversionWindowDays: windowDays, endedAt } = config;
  const cut = latestCut({ windowDays, asOf, endedAt: endedAt === null ? null : new Date(endedAt) });
  return {
    statement: recountSql({ unit, metrics, segmented: segmented ?? null }),
    parameters: [slug, windowDays * 24, endedAt, cut],
  };
}
