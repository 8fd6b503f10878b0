import { defineEventMetric } from "../../metrics/define-metric";
import type { AccessService, Actor } from "../../serve/access.service";
import type { Forecast, HeldQuestion, PlanQuestion } from "../../types/planning";
import { buildChecklist, type StartChecklist } from "../../utils/checklist";
import { withChoices } from "../../utils/plan-step";
import type { ChecklistRepository } from "../checklist.repository";
import type { HeldMetrics } from "../held-metrics";
import type { KnownMetrics } from "../known-metrics";
import { type ExperimentRecords, readExperiment } from "../records";
import type { Forecaster } from "./forecaster";
import type { StartReview } from "./start-review";

export interface PlanningParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "find">;
  forecaster: Pick<Forecaster, "forecast">;
  held: Pick<HeldMetrics, "fill">;
  known: Pick<KnownMetrics, "list">;
  review: Pick<StartReview, "gather">;
  checklist: Pick<ChecklistRepository, "listFor">;
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
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found`, `damaged_config` of an experiment that is named
   */
  async forecast(actor: Actor, question: PlanQuestion): Promise<Forecast> {
    const { access, forecaster } = this.#parts;
    await access.authorize(actor, "edit");
    return forecaster.forecast(await this.#hold(question));
  }

  /** With the definitions that the experiment keeps, once it has started, and else with the newest. */
  async #hold(question: PlanQuestion): Promise<HeldQuestion> {
    const { records, held } = this.#parts;
    if (question.experiment === undefined) return held.fill(question);
    const { config } = readExperiment(await records.find(question.experiment));
    return config.status === "draft"
      ? held.fill(question)
      : { ...question, catalogMetrics: config.catalogMetrics };
  }

  /**
   * Lists what to check before the start. The start itself refuses what blocks it.
   *
   * @param primaryMetric as the start would choose it
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async startChecklist(actor: Actor, slug: string, primaryMetric?: string): Promise<StartChecklist> {
    const { access, records, known, review } = this.#parts;
    await access.authorize(actor, "view");
    const step = { action: "start", primaryMetric } as const;
    const present = withChoices(readExperiment(await records.find(slug)), step);
    const [facts, items, metrics] = await Promise.all([
      review.gather(present),
      this.#parts.checklist.listFor(slug),
      known.list(),
    ]);
    const { unit, clientEvents } = present.config;
    const choices = metrics.filter(({ isOffered, units }) => isOffered && units.includes(unit));
    return {
      checks: buildChecklist(present.config, facts),
      items,
      choices: [...choices, ...clientEvents.map(defineEventMetric)].map(({ key, name }) => ({ key, name })),
      precedent: facts.forecast.precedent,
    };
  }
}
