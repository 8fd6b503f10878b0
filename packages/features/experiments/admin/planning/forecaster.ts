import { isDeepStrictEqual } from "node:util";
import { written } from "@calcom/lib/sentence";
import { isFaultOfStatement, isTooSlow, sqlState } from "@calcom/lib/sql";
import type { Metric } from "../../metrics/define-metric";
import { faultOfQuery } from "../../metrics/faults";
import type { MetricRegistry } from "../../metrics/registry";
import type { RecountRepository } from "../../results/recount/recount.repository";
import type { ExperimentConfig } from "../../types/config";
import type { Forecast, FrozenPlan, HeldQuestion, Precedent } from "../../types/planning";
import type { Unit } from "../../types/settings";
import { readStoredConfig, type StoredFeature } from "../../utils/stored-config";
import type { AudienceCounter } from "../audience-counter";
import { FewAtOnce } from "../few-at-once";
import type { Baseline } from "./baseline";
import { Baselines } from "./baselines";
import { buildForecast, planByDefault, shareMatching } from "./build-forecast";
import type { Arrivals, PlanningRepository } from "./planning.repository";
import { Remembered } from "./remembered";

export interface ForecasterParts {
  counter: Pick<AudienceCounter, "count">;
  planning: PlanningRepository;
  configs: { loadMany(slugs: string[]): Promise<StoredFeature[]> };
  recounts: Pick<RecountRepository, "readOutcomesOfSample">;
  metrics: MetricRegistry;
  clock: () => Date;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

/** How many weeks of traffic are read. */
const WEEKS_BACK = 8;
/** To count fewer takes no time; the days that are counted are over, so that they hardly change. */
const MANY = 50_000;

/** Gathers what a forecast is made of. It does not check permissions: only services that do may use it. */
export class Forecaster {
  readonly #parts: ForecasterParts;
  readonly #baselines: Baselines;
  readonly #arrivals: Remembered<Arrivals | null>;
  readonly #queue = new FewAtOnce();

  constructor(parts: ForecasterParts) {
    this.#parts = parts;
    this.#baselines = new Baselines(parts);
    this.#arrivals = new Remembered(parts.clock, (arrivals) => (arrivals?.cumulative.at(-1) ?? 0) >= MANY);
  }

  /**
   * Forecasts the weekly number of new subjects and the effect that can be found in so many weeks, from the experiment
   * of the same unit that saw the most, and says what a start would freeze. `missing` says why there is no forecast.
   * @throws ExperimentError `unavailable` where it takes too long, or where too many ask at once
   */
  forecast(question: HeldQuestion): Promise<Forecast> {
    return this.#queue.run(() => this.#forecast(question));
  }

  async #forecast(question: HeldQuestion): Promise<Forecast> {
    const { counter, metrics } = this.#parts;
    const [arrivals, audience] = await Promise.all([
      this.#findArrivals(question.unit),
      counter.count(question),
    ]);
    const primary = metrics.plan(question).metrics.find(({ role }) => role === "primary") ?? null;
    const source = arrivals && (await this.#findPrecedent(arrivals.slug));
    const facts = { primary, audience, precedent: null, cumulative: null, baseline: null };
    if (arrivals === null || source === null) return buildForecast(question, facts);
    const share = shareMatching(audience);
    const traffic = question.trafficPercentage / source.config.trafficPercentage;
    const factor = traffic * (share / (await this.#findShare(source.config, question, share)));
    const { precedent } = source;
    const cumulative = arrivals.cumulative.map((seen) => seen * factor);
    const baseline = primary && (await this.#measureBaseline(source, primary));
    return buildForecast(question, { ...facts, precedent, cumulative, baseline });
  }

  /** Null where the metric cannot be computed of what there is: it must not take the rest of the forecast with it. */
  async #measureBaseline(
    source: { precedent: Precedent; config: ExperimentConfig },
    { metric }: { metric: Metric },
  ): Promise<Baseline | null> {
    try {
      return await this.#baselines.measure(source, { metric });
    } catch (error) {
      if (!isFaultOfStatement(error) && !isTooSlow(error)) throw error;
      this.#parts.log.warn("A metric can’t be measured, so a forecast goes without it", {
        metric: metric.key,
        fault: written(faultOfQuery(sqlState(error) ?? "")),
      });
      return null;
    }
  }

  /**
   * Returns the plan that a start freezes: the number that the forecast names, or the default where there is no forecast.
   * A database that is too slow for a forecast must not stop a start, so it gets the default too.
   */
  async planStart(slug: string, question: HeldQuestion): Promise<FrozenPlan> {
    try {
      return (await this.#queue.run(() => this.#forecast(question), { isPreferred: true })).frozen;
    } catch (cause) {
      this.#parts.log.warn("There is no forecast, so the start freezes the default plan", { slug, cause });
      return planByDefault(question);
    }
  }

  /** The present value of one metric, as a forecast would take it, and whose participants said so. Null where nothing does. */
  measure(unit: Unit, metric: Metric): Promise<{ baseline: Baseline; precedent: Precedent } | null> {
    return this.#queue.run(async () => {
      const arrivals = await this.#findArrivals(unit);
      const source = arrivals && (await this.#findPrecedent(arrivals.slug));
      const baseline = source && (await this.#baselines.measure(source, { metric }));
      return baseline && source && { baseline, precedent: source.precedent };
    });
  }

  #findArrivals(unit: Unit): Promise<Arrivals | null> {
    return this.#arrivals.get(unit, () => this.#parts.planning.findBusiest(unit, WEEKS_BACK));
  }

  /** The precedent's subjects already passed its own targeting: divide by that share. */
  async #findShare(
    { unit, targetingRules }: ExperimentConfig,
    question: HeldQuestion,
    share: number,
  ): Promise<number> {
    if (share > 0 && isDeepStrictEqual(targetingRules, question.targetingRules)) return share;
    const audience = await this.#parts.counter.count({ unit, targetingRules });
    // Nobody matches the precedent's targeting any more, so there is nothing to divide by.
    return shareMatching(audience) || 1;
  }

  async #findPrecedent(slug: string): Promise<{ precedent: Precedent; config: ExperimentConfig } | null> {
    const [row] = await this.#parts.configs.loadMany([slug]);
    const stored = row === undefined ? null : readStoredConfig(row);
    if (stored === null || !stored.ok || stored.config.trafficPercentage === 0) return null;
    const { config } = stored;
    return { precedent: { slug, name: config.name, unit: config.unit }, config };
  }
}
