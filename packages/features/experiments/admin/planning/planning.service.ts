import { isDeepStrictEqual } from "node:util";
import { countedAfter, effectFor, type PlanInput, plan } from "@calcom/statistics";
import { minimumUnits } from "@calcom/statistics/minimum";
import { minimumUnitsOf } from "../../metrics/minimum-units";
import type { PlannedMetric } from "../../metrics/planned";
import type { MetricRegistry } from "../../metrics/registry";
import type { RecountRepository } from "../../results/recount/recount.repository";
import type { AccessService, Actor } from "../../serve/access.service";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { AudienceCount } from "../../types/audience";
import type { ExperimentConfig } from "../../types/config";
import type { Forecast, FrozenPlan, PlanQuestion, Precedent } from "../../types/planning";
import { checklistOf, type StartChecklist } from "../../utils/checklist";
import { frozenPlanOf, WEEKS_AHEAD } from "../../utils/frozen-plan";
import { readStoredConfig } from "../../utils/stored-config";
import type { AudienceService } from "../audience.service";
import { configOf, type ExperimentRecords } from "../records";
import type { Baseline } from "./baseline";
import { Baselines } from "./baselines";
import type { Arrivals, PlanningRepository } from "./planning.repository";

export interface PlanningParts {
  access: Pick<AccessService, "authorize">;
  audience: Pick<AudienceService, "reached">;
  records: Pick<ExperimentRecords, "find">;
  planning: PlanningRepository;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  recounts: Pick<RecountRepository, "outcomes">;
  metrics: MetricRegistry;
  clock: () => Date;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

/** How many weeks of traffic are read. */
const WEEKS_BACK = 8;

/** Forecasts what an experiment can find, and in what time, at the traffic of the last weeks. */
export class PlanningService {
  readonly #parts: PlanningParts;
  readonly #baselines: Baselines;

  constructor(parts: PlanningParts) {
    this.#parts = parts;
    this.#baselines = new Baselines(parts);
  }

  /**
   * Forecasts the weekly number of new subjects and the effect that can be found in so many weeks, from the experiment
   * of the same unit that saw the most, and says what a start would freeze. `missing` says why there is no forecast.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async forecast(actor: Actor, question: PlanQuestion): Promise<Forecast> {
    await this.#parts.access.authorize(actor, "view");
    return this.#forecast(question);
  }

  /**
   * Returns the plan that a start freezes: the number that the forecast names, or the default where there is no forecast.
   * A database that is too slow for a forecast must not stop a start, so it gets the default too.
   */
  async planOf(slug: string, question: PlanQuestion): Promise<FrozenPlan> {
    try {
      return (await this.#forecast(question)).frozen;
    } catch (cause) {
      this.#parts.log.warn("There is no forecast, so the start freezes the default plan", { slug, cause });
      return frozenPlanOf({ ...basisOf(question), arrivals: null, input: null, minimumEffect: null });
    }
  }

  async #forecast(question: PlanQuestion): Promise<Forecast> {
    const { unit } = question;
    const [arrivals, counted] = await Promise.all([
      this.#parts.planning.busiest(unit, WEEKS_BACK),
      this.#parts.audience.reached(question),
    ]);
    const primary = this.#parts.metrics.plan(question).metrics.find(({ role }) => role === "primary");
    const source = arrivals && (await this.#precedent(arrivals));
    const share = shareOf(counted);
    const base = {
      precedent: source?.precedent ?? null,
      matching: counted && {
        matching: Math.round(share * counted.total),
        total: counted.total,
      },
      metric: primary
        ? { key: primary.metric.key, name: primary.metric.name, kind: primary.metric.kind }
        : null,
      baseline: null,
      reach: [],
      minimumEffect: primary?.metric.minimumEffect ?? null,
      windowDays: question.conversionWindowDays,
      plan: null,
    };
    const basis = { ...basisOf(question), minimumEffect: base.minimumEffect };
    if (source === null || arrivals === null) {
      const frozen = frozenPlanOf({ ...basis, arrivals: null, input: null });
      return { ...base, perWeek: null, frozen, missing: primary === undefined ? "metric" : "arrivals" };
    }
    const traffic = question.trafficPercentage / source.config.trafficPercentage;
    const factor = traffic * (share / (await this.#shareOfPrecedent(source.config, question, share)));
    const cumulative = arrivals.cumulative.map((seen) => seen * factor);
    const week = Math.min(7, cumulative.length);
    const perWeek = (7 / week) * ((cumulative.at(-1) ?? 0) - (cumulative.at(-1 - week) ?? 0));
    const baseline = primary === undefined ? null : await this.#baselines.measure(source, primary);
    if (primary === undefined || baseline === null) {
      const frozen = frozenPlanOf({ ...basis, arrivals: { cumulative }, input: null });
      return { ...base, perWeek, frozen, missing: primary === undefined ? "metric" : "baseline" };
    }
    const input = inputOf(question, primary, baseline, cumulative);
    const frozen = frozenPlanOf({ ...basis, arrivals: { cumulative }, input });
    return {
      ...base,
      perWeek,
      baseline: { value: baseline.value, subjects: baseline.subjects },
      reach: WEEKS_AHEAD.map((weeks) => {
        const subjects = Math.floor(countedAfter(weeks, input));
        return {
          weeks,
          subjects,
          effect: effectFor(input, subjects, frozen.subjects),
          ifPlanned: effectFor(input, subjects),
        };
      }),
      frozen,
      plan: primary.metric.minimumEffect === null ? null : plan(input),
      missing: null,
    };
  }

  /**
   * Lists what to check before the start. The start itself refuses what blocks it.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async startChecklist(actor: Actor, slug: string): Promise<StartChecklist> {
    await this.#parts.access.authorize(actor, "view");
    const config = configOf(await this.#parts.records.find(slug));
    const forecast = await this.forecast(actor, config);
    const checks = checklistOf(config, this.#parts.metrics.plan(config), forecast);
    return { checks, precedent: forecast.precedent };
  }

  /** The precedent's subjects already passed its own targeting: divide by that share. */
  async #shareOfPrecedent(
    { unit, targetingRules }: ExperimentConfig,
    question: PlanQuestion,
    share: number,
  ): Promise<number> {
    if (share > 0 && isDeepStrictEqual(targetingRules, question.targetingRules)) return share;
    const counted = await this.#parts.audience.reached({ unit, targetingRules });
    // Nobody matches the precedent's targeting any more, so there is nothing to divide by.
    return shareOf(counted) || 1;
  }

  async #precedent({ slug }: Arrivals): Promise<{ precedent: Precedent; config: ExperimentConfig } | null> {
    const [row] = await this.#parts.configs.loadMany([slug]);
    const stored = row === undefined ? null : readStoredConfig(row);
    if (stored === null || !stored.ok || stored.config.trafficPercentage === 0) return null;
    const { config } = stored;
    return { precedent: { slug, name: config.name, unit: config.unit }, config };
  }
}

function basisOf({ unit, analysis, conversionWindowDays }: PlanQuestion) {
  const { plannedSubjects, minimumRuntimeDays } = analysis;
  return { unit, typed: plannedSubjects, minimumDays: minimumRuntimeDays, windowDays: conversionWindowDays };
}

function inputOf(
  question: PlanQuestion,
  { metric }: PlannedMetric,
  baseline: Baseline,
  cumulative: number[],
): PlanInput {
  return {
    metric: baseline.input,
    direction: metric.direction,
    minimumEffect: metric.minimumEffect ?? 0.05,
    mode: question.analysis.mode,
    control: question.control,
    weights: Object.fromEntries(question.variants.map(({ name, percentage }) => [name, percentage])),
    primaryMetrics: 1,
    arrivals: { cumulative },
    windowDays: question.conversionWindowDays,
    minimumDays: question.analysis.minimumRuntimeDays,
    minimumUnits: minimumUnits(minimumUnitsOf(question), metric.kind === "conversion" ? "rate" : metric.kind),
    varianceReduction: baseline.varianceReduction,
  };
}

/** For visitors the size of the audience is unknown. */
function shareOf(counted: AudienceCount | null): number {
  if (counted === null) return 1;
  return counted.examined === 0 ? 0 : counted.matching / counted.examined;
}
