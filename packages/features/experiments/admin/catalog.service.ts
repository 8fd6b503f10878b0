import type { MetricRegistry } from "../metrics/registry";
import type { CountsService } from "../results/recount/counts.service";
import type { AccessService, Actor } from "../serve/access.service";
import type {
  Attention,
  ExperimentDetail,
  ExperimentSummary,
  FoundExperiment,
  ListSort,
} from "../types/admin";
import type { Problem } from "../types/health";
import type { HostId } from "../types/host-id";
import type { Status, Unit } from "../types/settings";
import type { ExperimentStats } from "../types/stats";
import type { HostIds } from "../utils/host-ids";
import type { CatalogRepository } from "./catalog.repository";
import type { ExperimentRecords } from "./records";
import { summarize } from "./summary";

export interface ListQuery {
  search?: string | undefined;
  status?: Status | undefined;
  unit?: Unit | undefined;
  ownerId?: HostId | undefined;
  /** Only experiments that need attention. */
  needsAttention?: boolean | undefined;
  /** Only experiments with this problem. */
  problem?: Problem | undefined;
  tag?: string | undefined;
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
  owners: { id: HostId; name: string }[];
  /** Of all experiments, for the filter. */
  tags: string[];
  /** Whatever was asked for. */
  attention: Attention;
}

const MAX_PAGE_SIZE = 100;

export interface CatalogParts {
  access: AccessService;
  records: Pick<ExperimentRecords, "find" | "describe">;
  catalog: Pick<CatalogRepository, "list" | "find">;
  counts: Pick<CountsService, "countReadable">;
  metrics: MetricRegistry;
  ids: HostIds;
}

/** Lists and shows experiments, with their raw counts. */
export class CatalogService {
  readonly #parts: CatalogParts;

  constructor(parts: CatalogParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  async list(
    actor: Actor,
    { page = 1, pageSize = 50, ...filter }: ListQuery = {},
  ): Promise<ExperimentListPage> {
    await this.#parts.access.authorize(actor, "view");
    const limit = Math.min(pageSize, MAX_PAGE_SIZE);
    const { catalog, ids, metrics } = this.#parts;
    const { ownerId } = filter;
    const { rows, ...rest } = await catalog.list({
      ...filter,
      ...(ownerId === undefined ? {} : { ownerId: ids.user(ownerId, "ownerId") }),
      limit,
      offset: (page - 1) * limit,
    });
    return { items: rows.map((row) => summarize(row, metrics)), ...rest };
  }

  /** Finds a few by part of their slug or name, for the command palette. @throws ExperimentError as `list` */
  async find(actor: Actor, text: string): Promise<FoundExperiment[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.catalog.find(text);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async get(actor: Actor, slug: string): Promise<ExperimentDetail> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.records.describe(slug);
  }

  /**
   * Counts subjects as of now. Conversions are left out by variant while a comparison is withheld; totals never are.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async readStats(actor: Actor, slug: string): Promise<ExperimentStats> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.counts.countReadable(await this.#parts.records.find(slug));
  }
}
