import { isAppError } from "@calcom/lib/errors";
import { isFaultOfStatement } from "@calcom/lib/sql";
import type { Metric } from "../../metrics/define-metric";
import type { MetricRegistry } from "../../metrics/registry";
import type { AccessService, Actor } from "../../serve/access.service";
import type { MetricHistory } from "../../types/metric-views";
import type { Unit } from "../../types/settings";
import { noSuchMetric } from "../../utils/refusals";
import { FewAtOnce } from "../few-at-once";
import type { MetricCatalogRepository } from "../metric-catalog.repository";
import { readMetricRow } from "../read-metric-row";
import type { Forecaster } from "./forecaster";
import type { DayOfRows, MetricVolumeRepository } from "./metric-volume.repository";
import { Remembered } from "./remembered";

export interface MetricHistoryParts {
  access: Pick<AccessService, "authorize">;
  catalog: Pick<MetricCatalogRepository, "find">;
  metrics: MetricRegistry;
  volumes: Pick<MetricVolumeRepository, "count">;
  forecaster: Pick<Forecaster, "measure">;
  clock: () => Date;
}

/** What was recorded lately of a metric: how much, and how it varies. Remembered for ten minutes. */
export class MetricHistoryService {
  readonly #parts: MetricHistoryParts;
  readonly #remembered: Remembered<MetricHistory>;
  readonly #queue = new FewAtOnce();

  constructor(parts: MetricHistoryParts) {
    this.#parts = parts;
    this.#remembered = new Remembered(parts.clock);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`; `unavailable` where too many ask at once */
  async read(actor: Actor, { key, unit }: { key: string; unit: Unit }): Promise<MetricHistory> {
    await this.#parts.access.authorize(actor, "view");
    const metric = await this.#find(key);
    return this.#remembered.get(JSON.stringify([unit, metric]), () =>
      this.#queue.run(() => this.#read(metric, unit)),
    );
  }

  /** Null for one of the catalog that nothing can be computed of: then nothing was recorded either. */
  async #find(key: string): Promise<Metric | null> {
    const { metrics, catalog } = this.#parts;
    const known = metrics.get(key);
    if (known !== null) return known;
    const row = await catalog.find(key);
    if (row === null) throw noSuchMetric(key);
    return readMetricRow(row, metrics).metric;
  }

  async #read(metric: Metric | null, unit: Unit): Promise<MetricHistory> {
    const asOf = this.#parts.clock();
    if (metric === null) return { asOf, unit, measured: null, days: null, baseline: null };
    const days = await orNothing(() => this.#parts.volumes.count(metric, unit));
    // What takes too long to be counted once is not asked a second time.
    const measured = days && (await orNothing(() => this.#parts.forecaster.measure(unit, metric)));
    return { asOf, unit, measured: toMeasured(metric), days, baseline: measured && toBaseline(measured) };
  }
}

function toMeasured(metric: Metric): NonNullable<MetricHistory["measured"]> {
  const currency = metric.kind === "conversion" ? undefined : metric.currency;
  return { kind: metric.kind, ...(currency !== undefined && { currency }) };
}

type Measured = NonNullable<Awaited<ReturnType<Forecaster["measure"]>>>;

function toBaseline({
  baseline: { value, subjects, input },
  precedent,
}: Measured): MetricHistory["baseline"] {
  const deviation = input.kind === "rate" ? null : input.sd;
  return { value, deviation, subjects, precedent: { slug: precedent.slug, name: precedent.name } };
}

/** Null where it takes too long, or where what it reads is gone: the page tells the fault beside it. */
async function orNothing<Answer extends DayOfRows[] | Measured>(
  read: () => Promise<Answer | null>,
): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if ((isAppError(error) && error.kind === "unavailable") || isFaultOfStatement(error)) return null;
    throw error;
  }
}
