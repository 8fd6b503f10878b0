import type { PlannedMetric } from "../../metrics/planned";
import { findLatestCut } from "../../results/recount/looks";
import type { RecountRepository } from "../../results/recount/recount.repository";
import type { ExperimentConfig } from "../../types/config";
import type { Precedent } from "../../types/planning";
import { type Baseline, measureBaseline } from "./baseline";

/** A baseline changes slowly, and a form asks each time that a setting changes. */
const KEPT_MS = 10 * 60_000;
const SUBJECTS = 20_000;

interface Source {
  precedent: Precedent;
  config: ExperimentConfig;
}

/** Present values of metrics, remembered for ten minutes. */
export class Baselines {
  readonly #parts: { recounts: Pick<RecountRepository, "readOutcomesOfSample">; clock: () => Date };
  readonly #kept = new Map<string, { until: number; baseline: Promise<Baseline | null> }>();

  constructor(parts: { recounts: Pick<RecountRepository, "readOutcomesOfSample">; clock: () => Date }) {
    this.#parts = parts;
  }

  /**
   * Measures a metric among the subjects of the precedent, in whatever variant they were: a metric is often measured
   * there for the first time. Null where no plan can rest on it.
   */
  measure(source: Source, { metric }: PlannedMetric): Promise<Baseline | null> {
    const now = this.#parts.clock().getTime();
    for (const [key, { until }] of this.#kept) if (until < now) this.#kept.delete(key);
    const key = JSON.stringify([source.precedent.slug, metric]);
    const known = this.#kept.get(key);
    if (known !== undefined) return known.baseline;
    const baseline = this.#read(source, metric);
    this.#kept.set(key, { until: now + KEPT_MS, baseline });
    // Do not cache a failure.
    baseline.catch(() => this.#kept.delete(key));
    return baseline;
  }

  async #read({ precedent, config }: Source, metric: PlannedMetric["metric"]): Promise<Baseline | null> {
    const { unit, conversionWindowDays: windowDays, endedAt } = config;
    const rows = await this.#parts.recounts.readOutcomesOfSample(
      { unit, metrics: [metric] },
      (asOf) => [
        precedent.slug,
        windowDays * 24,
        endedAt,
        findLatestCut({ windowDays, asOf, endedAt: endedAt === null ? null : new Date(endedAt) }),
      ],
      SUBJECTS,
    );
    return measureBaseline(metric.kind, rows, 0);
  }
}
