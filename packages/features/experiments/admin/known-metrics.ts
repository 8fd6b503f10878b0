import { coversUnit } from "../metrics/covers-unit";
import type { Metric } from "../metrics/define-metric";
import type { MetricRegistry } from "../metrics/registry";
import type { MetricTrials } from "../results/recount/metric-trials";
import type { KnownMetric } from "../types/metric-views";
import { type Unit, unitSchema } from "../types/settings";
import type { MetricCatalogRepository, MetricRow } from "./metric-catalog.repository";
import { type ReadMetric, readMetricRow } from "./read-metric-row";

/** Every metric that an experiment can name, of code and of the catalog. It checks no permission. */
export class KnownMetrics {
  readonly #parts: {
    catalog: Pick<MetricCatalogRepository, "list">;
    metrics: MetricRegistry;
    trials: Pick<MetricTrials, "findFault">;
  };

  constructor(parts: {
    catalog: Pick<MetricCatalogRepository, "list">;
    metrics: MetricRegistry;
    trials: Pick<MetricTrials, "findFault">;
  }) {
    this.#parts = parts;
  }

  /** Those that somebody has made, each read on its own. */
  async listMade(): Promise<ReadMetric<MetricRow>[]> {
    const rows = await this.#parts.catalog.list();
    return rows.map((row) => ({ row, ...readMetricRow(row, this.#parts.metrics) }));
  }

  async list(): Promise<KnownMetric[]> {
    const inCode = this.#parts.metrics.list().map((metric) => ({ metric, isReady: true }));
    const made = (await this.listMade()).flatMap(({ row, metric }) =>
      metric === null ? [] : [{ metric, isReady: row.status === "ready" }],
    );
    const known: KnownMetric[] = [];
    // One after the other: a page takes one connection of the pool, and no more.
    for (const { metric, isReady } of [...inCode, ...made]) {
      const isOffered = isReady && (await this.#parts.trials.findFault(metric)) === null;
      const { key, name, kind, direction, minimumEffect } = metric;
      known.push({ key, name, kind, direction, minimumEffect, units: listUnits(metric), isOffered });
    }
    return known;
  }
}

export function listUnits(metric: Metric): Unit[] {
  return unitSchema.options.filter((unit) => coversUnit(metric, unit));
}
