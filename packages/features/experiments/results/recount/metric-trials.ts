import type { Metric } from "../../metrics/define-metric";
import type { MetricRegistry, PlannedConfig } from "../../metrics/registry";
import { metricFault } from "../../utils/refusals";
import type { MetricTrialRepository } from "./metric-trial.repository";

export interface FaultyMetric {
  metric: Metric;
  fault: string;
}

/** Faults go with a migration or a new release, so what was found is not believed for long. */
const BELIEVED_MS = 60_000;

/** Tells the metrics that this database can compute from those that it cannot. */
export class MetricTrials {
  readonly #registry: MetricRegistry;
  readonly #repository: Pick<MetricTrialRepository, "findFault">;
  readonly #clock: () => number;
  /** By key: there are as many as code defines. */
  readonly #found = new Map<string, { fault: string | null; metric: Metric; at: number }>();

  constructor(
    registry: MetricRegistry,
    repository: Pick<MetricTrialRepository, "findFault">,
    clock: () => number = Date.now,
  ) {
    this.#registry = registry;
    this.#repository = repository;
    this.#clock = clock;
  }

  /** All that are registered and cannot be computed. */
  async listFaulty(): Promise<FaultyMetric[]> {
    const faulty: FaultyMetric[] = [];
    for (const metric of this.#registry.list()) {
      const fault = await this.#findFault(metric);
      if (fault !== null) faulty.push({ metric, fault });
    }
    return faulty;
  }

  /**
   * Refuses an experiment one of whose metrics cannot be computed, but for those that it had before.
   *
   * @throws ExperimentError `invalid_config`
   */
  async refuseFaulty(config: PlannedConfig, before?: PlannedConfig): Promise<void> {
    const had = new Set(before === undefined ? [] : this.#registry.plan(before).metrics.map(keyOfPlanned));
    for (const planned of this.#registry.plan(config).metrics) {
      if (had.has(keyOfPlanned(planned))) continue;
      const fault = await this.#findFault(planned.metric);
      if (fault !== null) throw metricFault(planned.metric.name, fault);
    }
  }

  async #findFault(metric: Metric): Promise<string | null> {
    const known = this.#found.get(metric.key);
    if (known !== undefined && known.metric === metric && this.#clock() - known.at < BELIEVED_MS)
      return known.fault;
    const fault = await this.#repository.findFault(metric);
    this.#found.set(metric.key, { fault, metric, at: this.#clock() });
    return fault;
  }
}

function keyOfPlanned({ metric }: { metric: Metric }): string {
  return metric.key;
}
