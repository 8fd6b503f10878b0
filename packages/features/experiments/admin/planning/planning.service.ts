import type { MetricRegistry } from "../../metrics/registry";
import type { AccessService, Actor } from "../../serve/access.service";
import type { AsksRepository } from "../../serve/asks.repository";
import type { Forecast, PlanQuestion } from "../../types/planning";
import { buildChecklist, type StartChecklist } from "../../utils/checklist";
import { type ExperimentRecords, readExperiment } from "../records";
import type { Forecaster } from "./forecaster";

export interface PlanningParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "find">;
  forecaster: Pick<Forecaster, "forecast">;
  asks: Pick<AsksRepository, "findLast">;
  metrics: MetricRegistry;
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
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async startChecklist(actor: Actor, slug: string): Promise<StartChecklist> {
    const { access, records, forecaster, asks, metrics } = this.#parts;
    await access.authorize(actor, "view");
    const { config } = readExperiment(await records.find(slug));
    const [forecast, lastAsk] = await Promise.all([forecaster.forecast(config), asks.findLast(slug)]);
    const checks = buildChecklist(config, metrics.plan(config), forecast, lastAsk);
    return { checks, precedent: forecast.precedent };
  }
}
