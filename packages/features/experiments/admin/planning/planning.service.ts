import type { MetricRegistry } from "../../metrics/registry";
import type { MetricTrials } from "../../results/recount/metric-trials";
import type { AccessService, Actor } from "../../serve/access.service";
import type { AsksRepository } from "../../serve/asks.repository";
import type { Forecast, PlanQuestion } from "../../types/planning";
import { buildChecklist, type StartChecklist } from "../../utils/checklist";
import { withChoices } from "../../utils/plan-step";
import { type ExperimentRecords, readExperiment } from "../records";
import type { Forecaster } from "./forecaster";

export interface PlanningParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "find">;
  forecaster: Pick<Forecaster, "forecast">;
  asks: Pick<AsksRepository, "findLast">;
  metrics: MetricRegistry;
  trials: Pick<MetricTrials, "listFaulty">;
}

/** Forecasts what an experiment can find, and in what time, at the traffic of the last weeks. */
export class PlanningService {
  readonly #parts: PlanningParts;

  constructor(parts: PlanningParts) {
    this.#parts = parts;
  }

  /**
   * The forecast for the settings of a form. It counts whom any rule matches, so it is for those who may set rules.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async forecast(actor: Actor, question: PlanQuestion): Promise<Forecast> {
    await this.#parts.access.authorize(actor, "edit");
    return this.#parts.forecaster.forecast(question);
  }

  /**
   * Lists what to check before the start. The start itself refuses what blocks it.
   *
   * @param primaryMetric as the start would choose it
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async startChecklist(actor: Actor, slug: string, primaryMetric?: string): Promise<StartChecklist> {
    const { access, records, forecaster, metrics, trials, asks } = this.#parts;
    await access.authorize(actor, "view");
    const { config } = withChoices(readExperiment(await records.find(slug)), {
      action: "start",
      primaryMetric,
    });
    const [forecast, lastAsk, faulty] = await Promise.all([
      forecaster.forecast(config),
      asks.findLast(slug),
      trials.listFaulty(),
    ]);
    const checks = buildChecklist(config, metrics.plan(config), forecast, lastAsk);
    const choices = metrics
      .listFor(config)
      .filter(({ key }) => !faulty.some(({ metric }) => metric.key === key))
      .map(({ key, name }) => ({ key, name }));
    return { checks, choices, precedent: forecast.precedent };
  }
}
