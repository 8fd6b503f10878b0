import { SharedRuns } from "@calcom/lib/shared-runs";
import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { ExperimentConfig } from "../../types/config";
import { DEFAULT_WINDOW_DAYS } from "../../types/settings";
import type { ExperimentStats } from "../../types/stats";
import { readStatus, readStoredConfig, type StoredFeature } from "../../utils/stored-config";
import { type AllCounts, tellAllCounts, tellReadableCounts } from "../readable-counts";
import { FEW } from "./few-rows-sql";
import { fillVariants } from "./fill-variants";
import type { ResultsRepository } from "./results.repository";
import {
  type CountedRows,
  type CountsQuestion,
  type ExperimentCounts,
  type StatsRepository,
  toTaken,
} from "./stats.repository";
import type { StoredCountsRepository } from "./stored-counts.repository";

export interface CountsParts {
  stats: StatsRepository;
  stored: StoredCountsRepository;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  results: Pick<ResultsRepository, "find">;
  metrics: MetricRegistry;
}

/**
 * Counts per variant: few rows as of now, and many as they were counted last in the background. It checks no
 * permission: those who hand its answers out do.
 */
export class CountsService {
  readonly #parts: CountsParts;
  readonly #counts = new SharedRuns<StoredNow>();

  constructor(parts: CountsParts) {
    this.#parts = parts;
  }

  /** What may be read now. Conversions by variant are left out while a comparison is withheld. */
  async countReadable(row: StoredFeature): Promise<ExperimentStats> {
    const stored = readStoredConfig(row);
    const config = stored.ok ? stored.config : null;
    const [counts, { result }] = await Promise.all([
      this.#count(row.slug, config),
      this.#parts.results.find(row.slug),
    ]);
    const asked = { status: readStatus(row), endedAt: config?.endedAt ?? null, result };
    // Of a damaged experiment no metric is known, so that everything waits.
    return tellReadableCounts(
      counts,
      asked,
      config === null ? { metrics: [] } : this.#parts.metrics.plan(config),
    );
  }

  /** Everything. A look before its time has to be recorded first. */
  async countAll(slug: string, config: ExperimentConfig | null): Promise<ExperimentStats> {
    return tellAllCounts(await this.#count(slug, config));
  }

  /** Stores what was counted together with the results, or else counts. */
  async storeBeside(slug: string, rows: CountedRows | null): Promise<void> {
    if (rows === null) await this.store(slug);
    else await this.#parts.stored.store(slug, toTaken(rows));
  }

  /** Counts all rows and stores what they are. Several who ask at the same time share one count. */
  store(slug: string): Promise<StoredNow> {
    return this.#counts.share(slug, () => this.#store(slug));
  }

  async #store(slug: string): Promise<StoredNow> {
    const { configs, stats, stored } = this.#parts;
    const [row] = await configs.loadMany([slug]);
    const config = row && readStoredConfig(row);
    const taken = toTaken(await stats.take(slug, buildQuestion(config?.ok ? config.config : null)));
    await stored.store(slug, taken);
    return { counts: taken.counts, asOf: taken.asOf };
  }

  async #count(slug: string, config: ExperimentConfig | null): Promise<AllCounts> {
    const { stats, stored } = this.#parts;
    const found = await stored.find(slug);
    if (found.few <= FEW) {
      const counts = await stats.count(slug, buildQuestion(config));
      return { ...counts, variants: fillVariants(counts, config), countedAt: null };
    }
    // Nobody has counted it yet, as a moment after the start; the next one finds what this one has stored.
    const { counts, asOf } =
      found.counts !== null && found.asOf !== null
        ? { counts: found.counts, asOf: found.asOf }
        : await this.store(slug);
    return { ...counts, variants: fillVariants(counts, config), countedAt: asOf };
  }
}

interface StoredNow {
  counts: ExperimentCounts;
  asOf: Date;
}

function buildQuestion(config: ExperimentConfig | null): CountsQuestion {
  return {
    // The unit of a damaged experiment is unknown. Counting as for visitors is right for every unit.
    unit: config?.unit ?? "visitor",
    windowDays: config?.conversionWindowDays ?? DEFAULT_WINDOW_DAYS,
    endedAt: config?.endedAt ?? null,
  };
}
