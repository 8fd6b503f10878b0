import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentStats } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { DEFAULT_WINDOW_DAYS } from "../../types/settings";
import { readStatus, readStoredConfig, type StoredFeature } from "../../utils/stored-config";
import { type AllCounts, tellAllCounts, tellReadableCounts } from "../readable-counts";
import type { ResultsRepository } from "./results.repository";
import type { ExperimentCounts, StatsRepository } from "./stats.repository";

export interface CountsParts {
  stats: StatsRepository;
  results: Pick<ResultsRepository, "find">;
  metrics: MetricRegistry;
}

/** Counts per variant, as of now. It checks no permission: those who hand its answers out do. */
export class CountsService {
  readonly #parts: CountsParts;

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

  async #count(slug: string, config: ExperimentConfig | null): Promise<AllCounts> {
    const counts = await this.#parts.stats.count(slug, {
      // The unit of a damaged experiment is unknown. Counting as for visitors is right for every unit.
      unit: config?.unit ?? "visitor",
      windowDays: config?.conversionWindowDays ?? DEFAULT_WINDOW_DAYS,
      endedAt: config?.endedAt ?? null,
    });
    return { ...counts, variants: fillVariants(counts, config) };
  }
}

/** Every configured variant, with zeros where nothing was counted; then what is no longer there. */
function fillVariants(
  { variants }: ExperimentCounts,
  config: ExperimentConfig | null,
): AllCounts["variants"] {
  const configured = config?.variants.map(({ name }) => name) ?? [];
  const counted = new Map(variants.map((count) => [count.variant, count]));
  return [...new Set([...configured, ...counted.keys()])].map((variant) => {
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
  });
}
