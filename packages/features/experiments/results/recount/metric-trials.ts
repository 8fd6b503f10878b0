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
/** More than code, the catalog and experiments with versions of their own have at one time. */
const MOST_KEPT = 2_000;

/** Tells the metrics that this database can compute from those that it cannot. */
export class MetricTrials {
  readonly #registry: MetricRegistry;
  readonly #repository: Pick<MetricTrialRepository, "findFault">;
  readonly #clock: () => number;
  /** By what is asked of the database, the oldest first: several versions have the same key, and so has what is refused. */
  readonly #found = new Map<string, { fault: Promise<string | null>; at: number }>();

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
      const fault = await this.findFault(metric);
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
      const fault = await this.findFault(planned.metric);
      if (fault !== null) throw metricFault(planned.metric.name, fault);
    }
  }

  /**
   * What is wrong with a metric, as the end of a sentence; null where it can be computed. Several who ask share a trial.
   *
   * @throws DatabaseUnavailable
   */
  findFault(metric: Metric): Promise<string | null> {
    const wording = JSON.stringify(metric);
    const known = this.#found.get(wording);
    if (known !== undefined && this.#clock() - known.at < BELIEVED_MS) return known.fault;
    const fault = this.#repository.findFault(metric);
    const trial = { fault, at: this.#clock() };
    this.#found.delete(wording);
    this.#found.set(wording, trial);
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= MOST_KEPT) break;
      this.#found.delete(oldest);
    }
    // A database that was away has said nothing of the metric.
    fault.catch(() => {
      if (this.#found.get(wording) === trial) this.#found.delete(wording);
    });
    return fault;
  }
}

function keyOfPlanned({ metric }: { metric: Metric }): string {
  return metric.key;
}
