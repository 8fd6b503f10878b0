import type { AccessService, Actor } from "../../serve/access.service";
import type { AuditNotesRepository } from "../../serve/audit-notes.repository";
import { hasPrimary } from "../../types/metrics";
import type { DayRange } from "../../types/range";
import { nextStatus } from "../../utils/lifecycle";
import { noSuchExperiment } from "../../utils/refusals";
import { invalidTransition } from "../../utils/refuse-transition";
import type { Analyse } from "../computation";
import { revealEarly } from "../early-look";
import { buildEndPreview } from "../end-preview";
import { writeCsv } from "../export-csv";
import { writeJson } from "../export-json";
import { hidePeople } from "../hide-people";
import { describeRange } from "../range";
import type { RangeView } from "../range-types";
import type { EndPreview, LatestResult, ResultsView } from "../types";
import { findWithholding } from "../withholding";
import type { CountsService } from "./counts.service";
import type { ReadableResults } from "./readable-results";
import type { RecountService } from "./recount.service";
import type { ResultsRepository } from "./results.repository";

export interface ResultsParts {
  access: Pick<AccessService, "authorize">;
  readable: ReadableResults;
  results: Pick<ResultsRepository, "findLatest" | "readClock">;
  notes: Pick<AuditNotesRepository, "add">;
  recounts: Pick<RecountService, "recount" | "computeAsIfEnded">;
  counts: Pick<CountsService, "countAll">;
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
    await this.#parts.access.authorize(actor, "view");
    return (await this.#parts.readable.find(slug)).view;
  }

  /**
   * Returns just enough for an open page to know whether to ask for more.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async latest(actor: Actor, slug: string): Promise<LatestResult> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.results.findLatest(slug);
  }

  /**
   * Describes participants who came on some days, from what was counted last. It never compares. Null while nothing was
   * computed.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async describeRange(actor: Actor, slug: string, range: DayRange): Promise<RangeView | null> {
    await this.#parts.access.authorize(actor, "view");
    const { asked } = await this.#parts.readable.find(slug);
    return asked.result && describeRange(asked.result, range, findWithholding(asked));
  }

  /**
   * Returns present figures although it is too early for them. Before they are read, the audit log records who looked,
   * when, and what could be seen. If nothing is withheld, nothing is recorded.
   *
   * @throws ExperimentError `not_signed_in`, `not_found`; `not_allowed` without the permission to decide
   */
  async lookEarly(actor: Actor, slug: string): Promise<ResultsView> {
    const actorId = await this.#parts.access.authorize(actor, "decide");
    const { view, asked } = await this.#parts.readable.find(slug);
    if (view.figures !== "withheld") return view;
    const { result, config } = asked;
    const facts = {
      asOf: result?.asOf ?? null,
      mode: result?.settings.mode ?? config?.analysis.mode ?? null,
      verdict: result?.analysis?.verdict.code ?? null,
      exposed: result?.exposed ?? null,
    };
    await this.#parts.notes.add(actorId, { kind: "look", slug, facts });
    return {
      ...view,
      figures: "early",
      isAllWithheld: false,
      result: result && hidePeople(revealEarly(result, this.#parts.analyse)),
      counts: await this.#parts.counts.countAll(slug, config),
    };
  }

  /**
   * Counts again now. If several people ask at the same time, on any nodes, one count serves all of them. Once there is a
   * receipt, the result stays the one of the receipt.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async refresh(actor: Actor, slug: string): Promise<ResultsView> {
    await this.#parts.access.authorize(actor, "view");
    await this.#parts.readable.find(slug);
    const since = await this.#parts.results.readClock();
    await this.#parts.recounts.recount(slug, { isPatient: true, since });
    return (await this.#parts.readable.find(slug)).view;
  }

  /**
   * Returns what the result would be if the experiment ended now, for those who may end it. While a comparison is
   * withheld, it tells who would be read and what is missing, and no figure by variant.
   *
   * @throws ExperimentError `not_signed_in`, `not_found`, `invalid_transition`, `damaged_config`; `not_allowed` without
   * the permission to decide; `unavailable` if it takes too long
   */
  async previewEnd(actor: Actor, slug: string): Promise<EndPreview> {
    await this.#parts.access.authorize(actor, "decide");
    const { asked } = await this.#parts.readable.find(slug);
    if (nextStatus(asked.status, "conclude") === null)
      throw invalidTransition(slug, asked.status, "conclude");
    // Of what was never counted nobody knows whether it may be compared.
    const result = asked.result ?? (await this.#parts.recounts.recount(slug, { isPatient: true }));
    const ended = await this.#parts.recounts.computeAsIfEnded(slug);
    if (ended === null) throw noSuchExperiment(slug);
    return buildEndPreview(ended, result, findWithholding({ ...asked, result }), {
      hasPrimary: asked.config !== null && hasPrimary(asked.config),
    });
  }

  /**
   * Exports the table behind the page: one line for each metric and variant, with its comparison. The audit log has who
   * did, as for the other export.
   */
  async exportCsv(actor: Actor, slug: string): Promise<string> {
    return this.#export(actor, slug, "results as CSV", ({ result }) => writeCsv(result));
  }

  /** Exports everything that the page is made of. */
  async exportJson(actor: Actor, slug: string): Promise<string> {
    return this.#export(actor, slug, "results as JSON", writeJson);
  }

  async #export(
    actor: Actor,
    slug: string,
    content: string,
    write: (view: ResultsView) => string,
  ): Promise<string> {
    const actorId = await this.#parts.access.authorize(actor, "view");
    const { view } = await this.#parts.readable.find(slug);
    await this.#parts.notes.add(actorId, { kind: "export", slug, facts: { content } });
    return write(view);
  }
}
