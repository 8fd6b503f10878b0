import type { Actor } from "../admin/access.service";
import { noSuchExperiment } from "../admin/refusals";
import type { ExperimentConfigsRepository } from "../experiment-configs.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { Analyse } from "./computation";
import { earlyResult } from "./early-look";
import { csvOf } from "./export-csv";
import { jsonOf } from "./export-json";
import type { RecountService } from "./recount.service";
import type { ResultsRepository } from "./results.repository";
import type { LatestResult, MetricSummary, ResultsView } from "./types";
import { withheldFrom } from "./withhold";

export interface ResultsParts {
  /** The admin's check, which asks the database at each call. */
  authorize: (actor: Actor, permission: "view" | "decide") => Promise<number>;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  results: ResultsRepository;
  recounts: Pick<RecountService, "recount">;
  metrics: MetricRegistry;
  analyse: Analyse;
}

/**
 * Serves results as people may read them. They are computed in the background and stored, so that a page only reads.
 */
export class ResultsService {
  readonly #parts: ResultsParts;

  constructor(parts: ResultsParts) {
    this.#parts = parts;
  }

  /**
   * Returns the last result, or null if there is none. Comparisons are left out before their time.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async get(actor: Actor, slug: string): Promise<ResultsView> {
    await this.#parts.authorize(actor, "view");
    return this.#readable(slug);
  }

  /**
   * Returns just enough for an open page to know whether to ask for more.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async latest(actor: Actor, slug: string): Promise<LatestResult> {
    await this.#parts.authorize(actor, "view");
    return this.#parts.results.latest(slug);
  }

  /**
   * Returns present figures although it is too early for them. Before they are read, the audit log records who looked,
   * when, and what could be seen. If nothing is withheld, nothing is recorded.
   *
   * @throws ExperimentError `not_signed_in`, `not_found`; `not_allowed` without the permission to decide
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

  /**
   * Counts again now. If several people ask at the same time, on any nodes, one count serves all of them.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async refresh(actor: Actor, slug: string): Promise<ResultsView> {
    await this.#parts.authorize(actor, "view");
    if (!(await this.#exists(slug))) throw noSuchExperiment(slug);
    const since = await this.#parts.results.now();
    await this.#parts.recounts.recount(slug, { isPatient: true, since });
    return this.#readable(slug);
  }

  /** Exports the table behind the page: one line for each metric and variant, with its comparison. */
  async exportCsv(actor: Actor, slug: string): Promise<string> {
    const { result } = await this.get(actor, slug);
    return csvOf(result);
  }

  /** Exports everything that the page is made of. */
  async exportJson(actor: Actor, slug: string): Promise<string> {
    return jsonOf(await this.get(actor, slug));
  }

  /** Lists the metrics that an experiment may name, for the form. */
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

  /** The only way out of the service, so that no door shows more than another. */
  async #readable(slug: string): Promise<ResultsView> {
    const { result, receipt } = await this.#parts.results.find(slug);
    if (result === null && !(await this.#exists(slug))) throw noSuchExperiment(slug);
    const readable = result && withheldFrom(result);
    return { slug, figures: readable === result ? "all" : "withheld", result: readable, receipt };
  }

  async #exists(slug: string): Promise<boolean> {
    return (await this.#parts.configs.loadMany([slug])).length > 0;
  }
}
