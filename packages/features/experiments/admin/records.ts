import type { ExperimentRow, ExperimentsRepository } from "../experiments.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { AsksRepository } from "../serve/asks.repository";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import type { PlannedChange, PresentExperiment } from "../utils/plan-change";
import { damagedConfig, lostVariant, noSuchExperiment, staleVersion } from "../utils/refusals";
import { readStoredConfig } from "../utils/stored-config";
import { tooLateToTakeBack } from "../utils/take-back";
import type { CatalogRepository } from "./catalog.repository";
import type { ExperimentChangesRepository, Version } from "./experiment-changes.repository";
import { summarize } from "./summary";

export interface RecordsParts {
  experiments: Pick<ExperimentsRepository, "find" | "listEpochs">;
  catalog: Pick<CatalogRepository, "describe">;
  asks: Pick<AsksRepository, "findLast">;
  changes: Pick<ExperimentChangesRepository, "save">;
  metrics: MetricRegistry;
  /** Reads experiments into this node's memory, so that the node that changed them obeys the change at once. */
  refresh: (slugs: string[]) => Promise<void>;
}

/** Finds experiments for the services of the admin, holds them to a version, and saves what was planned. */
export class ExperimentRecords {
  readonly #parts: RecordsParts;

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_found` */
  async find(slug: string): Promise<ExperimentRow> {
    const row = await this.#parts.experiments.find(slug);
    if (row === null) throw noSuchExperiment(slug);
    return row;
  }

  /** @throws ExperimentError `not_found`; `stale_version`, which brings the present state along */
  async findVersion({ slug, version }: Version): Promise<ExperimentRow> {
    const row = await this.find(slug);
    if (row.version !== version) throw await this.findStale(slug);
    return row;
  }

  /** Saves a change and reads what came of it. @throws as `write` */
  async save(actorId: HostId | null, of: Version, change: PlannedChange): Promise<ExperimentDetail> {
    await this.write(actorId, of, change);
    return this.describe(of.slug);
  }

  /**
   * Saves a change, which this node obeys at once. Returns the version that it made.
   *
   * @throws ExperimentError `not_found`, `stale_version`, `locked_field`; `invalid_transition` where it is too late
   */
  async write(actorId: HostId | null, of: Version, change: PlannedChange): Promise<number> {
    const saved = await this.#parts.changes.save(actorId, of, change);
    if (saved.status === "stale") throw await this.findStale(of.slug);
    if (saved.status === "lost_variant") throw lostVariant(saved.variant);
    if (saved.status === "too_late") throw tooLateToTakeBack(of.slug);
    await this.refresh(of.slug);
    return saved.version;
  }

  /** Makes this node obey what was written. */
  refresh(slug: string): Promise<void> {
    return this.#parts.refresh([slug]);
  }

  /** Reads all that the pages show of it, counts included. @throws ExperimentError `not_found` */
  async describe(slug: string): Promise<ExperimentDetail> {
    const { catalog, experiments, asks, metrics } = this.#parts;
    const row = await catalog.describe(slug);
    if (row === null) throw noSuchExperiment(slug);
    const stored = readStoredConfig(row);
    const [epochs, lastAsk] = await Promise.all([experiments.listEpochs(slug), asks.findLast(slug)]);
    return {
      ...summarize(row, metrics),
      description: row.description,
      config: stored.ok ? stored.config : null,
      epochs,
      lastAsk,
    };
  }

  /** The refusal of a change that was made of an older state. */
  async findStale(slug: string): Promise<ExperimentError> {
    return staleVersion(await this.describe(slug));
  }
}

/** @throws ExperimentError `damaged_config` */
export function readExperiment(row: ExperimentRow): PresentExperiment {
  const stored = readStoredConfig(row);
  if (!stored.ok) throw damagedConfig(stored.damage);
  return { slug: row.slug, description: row.description, config: stored.config };
}
