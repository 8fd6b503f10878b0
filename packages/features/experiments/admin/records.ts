import { written } from "@calcom/lib/sentence";
import type { ExperimentRow, ExperimentsRepository } from "../experiments.repository";
import type { MetricPlanning } from "../metrics/planned";
import type { MetricRegistry } from "../metrics/registry";
import type { ChosenAfterStart, ExperimentDetail, ExperimentSummary } from "../types/admin";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentError } from "../types/errors";
import { damagedConfig, noSuchExperiment, staleVersion } from "../utils/refusals";
import { readStoredConfig, statusOf } from "../utils/stored-config";
import type { ExperimentTransaction } from "./experiment-changes.repository";

/** The state of an experiment that somebody has looked at. A change that was made of any other state is refused. */
export interface Version {
  slug: string;
  version: number;
}

/** Finds experiments for the services of the admin, holds them to a version, saves them and reads them again. */
export class ExperimentRecords {
  readonly #experiments: ExperimentsRepository;
  readonly #refresh: (slugs: string[]) => Promise<void>;
  readonly #metrics: MetricRegistry;

  constructor(
    experiments: ExperimentsRepository,
    refresh: (slugs: string[]) => Promise<void>,
    metrics: MetricRegistry,
  ) {
    this.#experiments = experiments;
    this.#refresh = refresh;
    this.#metrics = metrics;
  }

  async find(slug: string): Promise<ExperimentRow> {
    const row = await this.#experiments.find(slug);
    if (row === null) throw noSuchExperiment(slug);
    return row;
  }

  /** @throws ExperimentError `stale_version`, which brings the present state along */
  async findVersion({ slug, version }: Version): Promise<ExperimentRow> {
    const row = await this.find(slug);
    if (row.version !== version) throw staleVersion(await this.#detailOf(row));
    return row;
  }

  async save(
    transaction: ExperimentTransaction,
    { slug, version }: Version,
    change: { config: ExperimentConfig; description: string },
  ): Promise<void> {
    if ((await transaction.save(slug, version, change)) === null) throw await this.stale(slug);
  }

  async stale(slug: string): Promise<ExperimentError> {
    return staleVersion(await this.detail(slug));
  }

  /** Reads the change into this node's memory, so that the node that made it obeys it at once. */
  async changed(slug: string): Promise<ExperimentDetail> {
    await this.#refresh([slug]);
    return this.detail(slug);
  }

  async forget(slug: string): Promise<void> {
    await this.#refresh([slug]);
  }

  async detail(slug: string): Promise<ExperimentDetail> {
    return this.#detailOf(await this.find(slug));
  }

  summaryOf(row: ExperimentRow): ExperimentSummary {
    return summaryOf(row, this.#metrics);
  }

  async #detailOf(row: ExperimentRow): Promise<ExperimentDetail> {
    const stored = readStoredConfig(row);
    return {
      ...this.summaryOf(row),
      description: row.description,
      config: stored.ok ? stored.config : null,
      epochs: await this.#experiments.epochs(row.slug),
    };
  }
}

function summaryOf(row: ExperimentRow, metrics: MetricRegistry): ExperimentSummary {
  const stored = readStoredConfig(row);
  const config = stored.ok ? stored.config : null;
  return {
    slug: row.slug,
    name: config?.name ?? row.slug,
    status: statusOf(row),
    unit: config?.unit ?? "user",
    assignmentType: config?.assignmentType ?? "deterministic",
    variants: config?.variants ?? [],
    control: config?.control ?? "control",
    winnerVariant: config?.winnerVariant ?? null,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? "" },
    updatedBy: row.updatedById === null ? null : { id: row.updatedById, name: row.updatedByName ?? "" },
    assignments: row.assignments,
    recentExposures: row.recentExposures,
    splitOff: row.splitOff,
    chosenAfterStart: config === null ? [] : chosenAfterStart(metrics.plan(config)),
    splitOffIn: row.splitOffIn,
    version: row.version,
    updatedAt: row.updatedAt,
    isConverted: config?.convertedFrom != null,
    damage: stored.ok ? null : written(stored.damage),
  };
}

function chosenAfterStart({ metrics }: MetricPlanning): ChosenAfterStart[] {
  return metrics.flatMap(({ metric, isChosenAfterStart, isRedefined = false }) =>
    isChosenAfterStart ? [{ key: metric.key, isRedefined }] : [],
  );
}

/** @throws ExperimentError `damaged_config` */
export function configOf(row: ExperimentRow): ExperimentConfig {
  const stored = readStoredConfig(row);
  if (!stored.ok) throw damagedConfig(stored.damage);
  return stored.config;
}
