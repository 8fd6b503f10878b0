import type { ExperimentsRepository } from "../experiments.repository";
import type { CountsService } from "../results/recount/counts.service";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail, ExperimentStats, ExperimentSummary, ListSort } from "../types/admin";
import type { Status, Unit } from "../types/settings";
import type { ExperimentRecords } from "./records";

export interface ListQuery {
  search?: string | undefined;
  status?: Status | undefined;
  unit?: Unit | undefined;
  ownerId?: number | undefined;
  sort?: ListSort | undefined;
  /** Counted from 1. */
  page?: number | undefined;
  pageSize?: number | undefined;
}

export interface ExperimentListPage {
  items: ExperimentSummary[];
  /** The number of all experiments that match, on every page. */
  total: number;
  /** How many there are, whatever was asked for. */
  overall: number;
  /** The owners of all experiments, for the filter. */
  owners: { id: number; name: string }[];
}

const MAX_PAGE_SIZE = 100;

/** Lists and shows experiments, with their raw counts. */
export class CatalogService {
  readonly #access: AccessService;
  readonly #records: ExperimentRecords;
  readonly #experiments: ExperimentsRepository;
  readonly #counts: Pick<CountsService, "readable">;

  constructor(
    access: AccessService,
    records: ExperimentRecords,
    experiments: ExperimentsRepository,
    counts: Pick<CountsService, "readable">,
  ) {
    this.#access = access;
    this.#records = records;
    this.#experiments = experiments;
    this.#counts = counts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  async list(
    actor: Actor,
    { page = 1, pageSize = 50, ...filter }: ListQuery = {},
  ): Promise<ExperimentListPage> {
    await this.#access.authorize(actor, "view");
    const limit = Math.min(pageSize, MAX_PAGE_SIZE);
    const { rows, ...rest } = await this.#experiments.list({ ...filter, limit, offset: (page - 1) * limit });
    return { items: rows.map((row) => this.#records.summaryOf(row)), ...rest };
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async get(actor: Actor, slug: string): Promise<ExperimentDetail> {
    await this.#access.authorize(actor, "view");
    return this.#records.detail(slug);
  }

  /**
   * Counts subjects as of now. Conversions are left out by variant while a comparison is withheld; totals never are.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async stats(actor: Actor, slug: string): Promise<ExperimentStats> {
    await this.#access.authorize(actor, "view");
    return this.#counts.readable(await this.#records.find(slug));
  }
}
