import type { PlannedMetric } from "../../metrics/planned";
import { findLatestCut } from "../../results/recount/looks";
import type { RecountRepository } from "../../results/recount/recount.repository";
import { LONG_READ_MS } from "../../sql/long-statement";
import type { ExperimentConfig } from "../../types/config";
import type { Precedent } from "../../types/planning";
import { type Baseline, measureBaseline } from "./baseline";
import { Remembered } from "./remembered";

const SUBJECTS = 20_000;

interface Source {
  precedent: Precedent;
  config: ExperimentConfig;
}

export interface BaselinesParts {
  recounts: Pick<RecountRepository, "readOutcomesOfSample">;
  clock: () => Date;
}

/** Present values of metrics, remembered for ten minutes. */
export class Baselines {
  readonly #parts: BaselinesParts;
  readonly #remembered: Remembered<Baseline | null>;

  constructor(parts: BaselinesParts) {
    this.#parts = parts;
    this.#remembered = new Remembered(parts.clock);
  }

  /**
   * Measures a metric among the subjects of the precedent, in whatever variant they were: a metric is often measured
   * there for the first time. Null where no plan can rest on it.
   */
  measure(source: Source, { metric }: Pick<PlannedMetric, "metric">): Promise<Baseline | null> {
    const key = JSON.stringify([source.precedent.slug, metric]);
    return this.#remembered.get(key, () => this.#read(source, metric));
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
      { most: SUBJECTS, limitMs: LONG_READ_MS },
    );
    return measureBaseline(metric.kind, rows, 0);
  }
}
