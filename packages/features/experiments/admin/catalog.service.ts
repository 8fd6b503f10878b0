import type { ExperimentsRepository } from "../experiments.repository";
import type { StatsRepository } from "../stats.repository";
import {
  DEFAULT_WINDOW_DAYS,
  type ExperimentDetail,
  type ExperimentStats,
  type ExperimentSummary,
  type ListSort,
  type Status,
  type Unit,
} from "../types";
import { readStoredConfig } from "../utils/stored-config";
import type { AccessService, Actor } from "./access.service";
import { type ExperimentRecords, summaryOf } from "./records";

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
  readonly #stats: StatsRepository;

  constructor(
    access: AccessService,
    records: ExperimentRecords,
    experiments: ExperimentsRepository,
    stats: StatsRepository,
  ) {
    this.#access = access;
    this.#records = records;
    this.#experiments = experiments;
    this.#stats = stats;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  async list(
    actor: Actor,
    { page = 1, pageSize = 50, ...filter }: ListQuery = {},
  ): Promise<ExperimentListPage> {
    await this.#access.authorize(actor, "view");
    const limit = Math.min(pageSize, MAX_PAGE_SIZE);
    const { rows, ...rest } = await this.#experiments.list({ ...filter, limit, offset: (page - 1) * limit });
    return { items: rows.map(summaryOf), ...rest };
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async get(actor: Actor, slug: string): Promise<ExperimentDetail> {
    await this.#access.authorize(actor, "view");
    return this.#records.detail(slug);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async stats(actor: Actor, slug: string): Promise<ExperimentStats> {
    await this.#access.authorize(actor, "view");
    const stored = readStoredConfig(await this.#records.find(slug));
    const counts = await this.#stats.count(slug, {
      // The unit of a damaged experiment is unknown. Counting as for visitors is right for every unit.
      unit: stored.ok ? stored.config.unit : "visitor",
      windowDays: stored.ok ? stored.config.conversionWindowDays : DEFAULT_WINDOW_DAYS,
      endedAt: stored.ok ? stored.config.endedAt : null,
    });
    const configured = stored.ok ? stored.config.variants.map(({ name }) => name) : [];
    const counted = new Map(counts.variants.map((count) => [count.variant, count]));
    return {
      variants: [...new Set([...configured, ...counted.keys()])].map((variant) => {
        const { assigned = 0, exposed = 0, converted = 0, events = {} } = counted.get(variant) ?? {};
        return {
          variant,
          assigned,
          exposed,
          converted,
          events: Object.entries(events)
            .map(([event, subjects]) => ({ event, converted: subjects }))
            .sort((a, b) => a.event.localeCompare(b.event)),
        };
      }),
      imported: counts.imported,
      mixed: counts.mixed,
    };
  }
}
