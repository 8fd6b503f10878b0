import { type Sentence, sentence } from "@calcom/lib/sentence";
import type { MetricRegistry } from "../metrics/registry";
import { ExperimentError } from "../types/errors";
import { type HeldMetric, type MetricStatus, metricDefinitionSchema } from "../types/metric-catalog";
import type { ExperimentMetrics } from "../types/metrics";
import type { PresentExperiment } from "../utils/plan-change";
import { metricFault } from "../utils/refusals";
import type { MetricCatalogRepository } from "./metric-catalog.repository";

/** A metric of the catalog as somebody would choose it now. */
interface Found extends HeldMetric {
  status: MetricStatus;
}

type Named = { metrics: ExperimentMetrics };

/**
 * Brings the definitions from the catalog into a configuration: newest for a draft, and final from the start on. What
 * reads a configuration afterwards needs no catalog.
 */
export class HeldMetrics {
  readonly #catalog: Pick<MetricCatalogRepository, "findMany">;
  readonly #registry: MetricRegistry;

  constructor(catalog: Pick<MetricCatalogRepository, "findMany">, registry: MetricRegistry) {
    this.#catalog = catalog;
    this.#registry = registry;
  }

  /** The same configuration with what the catalog says now. It refuses nothing: what is shown must not fail of it. */
  async fill<Config extends Named>(config: Config): Promise<Config & { catalogMetrics: HeldMetric[] }> {
    return { ...config, catalogMetrics: toHeld(await this.#find(config)) };
  }

  /**
   * The same, for a save or a start.
   *
   * @param before what was chosen before the save may stay, whatever has become of it
   * @throws ExperimentError `invalid_config` at `metrics` for what may not be chosen, or cannot be measured
   */
  async hold<Config extends Named>(
    config: Config,
    before?: Named,
  ): Promise<Config & { catalogMetrics: HeldMetric[] }> {
    const found = await this.#find(config);
    const had = new Set(before === undefined ? [] : listKeys(before));
    for (const metric of found) {
      if (had.has(metric.key)) continue;
      const fault = this.#findFault(metric);
      if (fault !== null) throw fault;
    }
    return { ...config, catalogMetrics: toHeld(found) };
  }

  /**
   * An experiment with what the catalog says now, as far as it is a draft: from the start on it keeps what it has.
   *
   * @param metrics those that it will name, where that changes
   * @throws as `hold`
   */
  async holdDraft(
    present: PresentExperiment,
    metrics = present.config.metrics,
    before?: Named,
  ): Promise<PresentExperiment> {
    if (present.config.status !== "draft") return present;
    const { catalogMetrics } = await this.hold({ metrics }, before);
    return { ...present, config: { ...present.config, catalogMetrics } };
  }

  /** The refusals that a start would meet, one for each metric. */
  async listFaults(config: Named): Promise<ExperimentError[]> {
    return (await this.#find(config)).flatMap((metric) => this.#findFault(metric) ?? []);
  }

  #findFault(metric: Found): ExperimentError | null {
    const { name } = metric.definition;
    if (metric.status !== "ready")
      return new ExperimentError("invalid_config", notReady[metric.status](name), { field: "metrics" });
    const compiled = this.#registry.compile(metric);
    return compiled.ok ? null : metricFault(name, compiled.fault);
  }

  /** Code comes first: a key that it defines is not looked up. */
  async #find(config: Named): Promise<Found[]> {
    const keys = listKeys(config).filter((key) => this.#registry.get(key) === null);
    if (keys.length === 0) return [];
    const rows = await this.#catalog.findMany(keys);
    return rows.flatMap(({ key, version, status, definition }) => {
      const read = metricDefinitionSchema.safeParse(definition);
      return read.success ? [{ key, version, status, definition: read.data }] : [];
    });
  }
}

function listKeys({ metrics: { primary, secondary, guardrails } }: Named): string[] {
  return [...(primary === null ? [] : [primary]), ...secondary, ...guardrails];
}

function toHeld(found: readonly Found[]): HeldMetric[] {
  return found
    .map(({ key, version, definition }) => ({ key, version, definition }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

const notReady: Record<Exclude<MetricStatus, "ready">, (name: string) => Sentence> = {
  draft: (name) =>
    sentence("{{name}} is a draft. Mark it as ready in the metric catalog, or choose another metric.", {
      name,
    }),
  archived: (name) =>
    sentence("{{name}} is archived. Restore it in the metric catalog, or choose another metric.", { name }),
};
