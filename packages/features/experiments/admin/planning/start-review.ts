import { isAppError } from "@calcom/lib/errors";
import { asRefusal, type Refusal } from "@calcom/lib/sentence";
import { isFaultOfStatement, sqlState } from "@calcom/lib/sql";
import { listSources } from "../../metrics/define-metric";
import { faultOfQuery } from "../../metrics/faults";
import type { MetricPlanning } from "../../metrics/planned";
import type { MetricRegistry } from "../../metrics/registry";
import type { MetricTrials } from "../../results/recount/metric-trials";
import type { AsksRepository } from "../../serve/asks.repository";
import type { OpenedPreviewsRepository } from "../../serve/opened-previews.repository";
import type { ExperimentConfig } from "../../types/config";
import type { OverlappingExperiment, ReviewFacts } from "../../utils/checklist";
import { toInput, validateInput } from "../../utils/config-changes";
import { canOverlap } from "../../utils/find-overlap";
import type { PresentExperiment } from "../../utils/plan-change";
import { metricFault } from "../../utils/refusals";
import { readStoredConfig } from "../../utils/stored-config";
import type { HeldMetrics } from "../held-metrics";
import type { Forecaster } from "./forecaster";
import type { PlanningRepository } from "./planning.repository";

export interface StartReviewParts {
  forecaster: Pick<Forecaster, "forecast" | "measure">;
  planning: Pick<PlanningRepository, "listRunning">;
  asks: Pick<AsksRepository, "findLast">;
  previews: Pick<OpenedPreviewsRepository, "list">;
  held: Pick<HeldMetrics, "fill" | "listFaults">;
  metrics: MetricRegistry;
  trials: Pick<MetricTrials, "findFault">;
}

/** Gathers the facts for the review before a start. It does not check permissions, so only services that do may use it. */
export class StartReview {
  readonly #parts: StartReviewParts;

  constructor(parts: StartReviewParts) {
    this.#parts = parts;
  }

  async gather(present: PresentExperiment): Promise<ReviewFacts> {
    const { forecaster, asks, previews, held, metrics } = this.#parts;
    const { slug } = present;
    const config = await held.fill(present.config);
    const planning = metrics.plan(config);
    const [forecast, lastAsk, opened, overlapping, refusals, failing] = await Promise.all([
      forecaster.forecast(config),
      asks.findLast(slug),
      previews.list(slug),
      this.#findOverlapping(slug, config),
      this.#listRefusals({ ...present, config }, planning),
      this.#listFailing(config, planning),
    ]);
    return {
      planning: { ...planning, unknown: planning.unknown.filter(({ key }) => !this.#isRefused(key, config)) },
      forecast,
      lastAsk,
      failing,
      refusals,
      previewed: opened.map(({ variant }) => variant),
      overlapping,
    };
  }

  /** Whether the metric is from the catalog and the sources in code no longer fit it. Its refusal is listed separately. */
  #isRefused(key: string, { catalogMetrics }: ExperimentConfig): boolean {
    const held = catalogMetrics.find((metric) => metric.key === key);
    return held !== undefined && !this.#parts.metrics.compile(held).ok;
  }

  /** Metrics whose query fails on the rows of recent participants. Recorded events have no query that could fail. */
  async #listFailing({ unit }: ExperimentConfig, planning: MetricPlanning): Promise<ReviewFacts["failing"]> {
    const failing: ReviewFacts["failing"][number][] = [];
    for (const { metric } of planning.metrics) {
      if (listSources(metric).every((source) => "events" in source)) continue;
      try {
        await this.#parts.forecaster.measure(unit, metric);
      } catch (error) {
        // Only data errors (class 22) count. An outage says nothing about the metric, and a missing table or column is already
        // listed as a refusal.
        const state = isFaultOfStatement(error) ? sqlState(error) : null;
        if (state?.startsWith("22")) failing.push({ name: metric.name, fault: faultOfQuery(state) });
      }
    }
    return failing;
  }

  /** The reasons for which the start would be refused, in the same words. */
  async #listRefusals(
    { slug, description, config }: PresentExperiment,
    planning: MetricPlanning,
  ): Promise<Refusal[]> {
    const refusals: Refusal[] = (await this.#parts.held.listFaults(config)).map(toRefusal);
    for (const { metric } of planning.metrics) {
      const fault = await this.#parts.trials.findFault(metric);
      if (fault !== null) refusals.push(toRefusal(metricFault(metric.name, fault)));
    }
    try {
      validateInput(toInput(slug, description, config));
    } catch (error) {
      if (!isAppError(error)) throw error;
      refusals.push(toRefusal(error));
    }
    return refusals;
  }

  async #findOverlapping(slug: string, config: ExperimentConfig): Promise<OverlappingExperiment[]> {
    const { planning, metrics } = this.#parts;
    const primary = findPrimary(metrics.plan(config));
    return (await planning.listRunning(config.unit, slug)).flatMap((row) => {
      const stored = readStoredConfig(row);
      if (!stored.ok || !canOverlap(config, stored.config)) return [];
      const theirs = findPrimary(metrics.plan(stored.config));
      return {
        slug: row.slug,
        name: stored.config.name,
        hasSameMetric: primary !== null && theirs === primary,
      };
    });
  }
}

function findPrimary({ metrics }: MetricPlanning): string | null {
  return metrics.find(({ role }) => role === "primary")?.metric.key ?? null;
}

function toRefusal({ message, sentence }: Refusal): Refusal {
  return sentence === undefined ? { message } : asRefusal(sentence);
}
