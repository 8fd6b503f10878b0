import { createHash } from "node:crypto";
import type { Metric } from "../metrics/define-metric";
import type { MetricPlanning, PlannedMetric } from "../metrics/registry";
import type { Epoch, ExperimentConfig } from "../types";
import type { Analysis } from "../utils/statistics/results-types";
import type { AnalysisInput, EpochData, MetricPlan } from "../utils/statistics/types";
import { noveltyOf, segmentsOf, seriesOf } from "./descriptions";
import { type Decided, designAt } from "./design";
import { epochsOf, type Recount, totalOf, unitsOf, type Weights } from "./grid";
import { type Look, latestCut, looksIn, noveltyCut } from "./looks";
import type { EffectPoint, StoredResult } from "./types";

/** Of the statistics engine. */
export type Analyse = (input: AnalysisInput) => Analysis;

export interface Computation {
  slug: string;
  config: ExperimentConfig;
  epochs: readonly Epoch[];
  planning: MetricPlanning;
  recount: Recount;
  asOf: Date;
  previous: StoredResult | null;
  analyse: Analyse;
}

/** Where nobody has planned: a few weeks of a mid-sized product. Fixed, since a plan must not follow the data. */
export const DEFAULT_PLANNED_SUBJECTS = 10_000;

/**
 * A result from a recount. Looks that were made before are gone on from; where the question has changed (another
 * window, another metric), all are made again from the days of the recount.
 */
export async function computeResult(computation: Computation): Promise<Omit<StoredResult, "tookMs">> {
  const { slug, config, planning, recount, asOf, epochs } = computation;
  const endedAt = config.endedAt === null ? null : new Date(config.endedAt);
  const windowDays = config.conversionWindowDays;
  const weights: Weights = new Map(epochs.map((epoch) => [epoch.number, epoch.weights]));
  const chain = await followChain(computation, weights);
  const cut = latestCut({ windowDays, asOf: chain.look ?? asOf, endedAt });
  const mature = totalOf(recount.population, latestCut({ windowDays, asOf, endedAt }));
  const all = totalOf(recount.population, null);
  const primary = planning.metrics.find(({ role }) => role === "primary")?.metric ?? null;
  return {
    format: 1,
    slug,
    asOf: asOf.toISOString(),
    look: chain.look?.toISOString() ?? null,
    unit: config.unit,
    ...decidedOf(computation),
    windowDays,
    endedAt: config.endedAt,
    exposed: Object.fromEntries(
      variantsOf(config).map((variant) => [
        variant,
        totalOf(
          recount.population.filter((row) => row.variant === variant),
          null,
        ),
      ]),
    ),
    leftOut: {
      imported: recount.imported,
      mixed: recount.mixed,
      notExposed: recount.population.reduce((total, { day, n }) => total + (day === null ? n : 0), 0),
      immature: all - mature,
      afterPlannedEnd: mature - totalOf(recount.population, cut),
      erased: recount.erased.reduce((total, { n }) => total + n, 0),
    },
    split: unitsOf(recount, weights, null),
    metrics: planning.metrics.map(({ metric, role }) => ({
      key: metric.key,
      name: metric.name,
      role,
      kind: metric.kind,
      ...currencyOf(metric),
      version: versionOf(metric),
      epochs: chain.kept?.get(metric.key) ?? epochsOf(recount, metric, weights, cut),
    })),
    unknownMetrics: planning.unknown,
    analysis: chain.analysis,
    series: { exposures: seriesOf(recount), effects: chain.effects },
    novelty: noveltyOf(recount, planning.metrics, {
      windowDays,
      cut: noveltyCut({ windowDays, asOf, endedAt }),
    }),
    segments: primary === null ? [] : segmentsOf(recount, primary),
    chain: { basis: chain.basis, state: chain.analysis?.state ?? null },
  };
}

interface Chain {
  basis: string;
  look: Date | null;
  analysis: Analysis | null;
  effects: EffectPoint[];
  /** What a test that was made at its planned end was made from, by metric; null where the latest look is newer. */
  kept: ReadonlyMap<string, EpochData[]> | null;
}

async function followChain(computation: Computation, weights: Weights): Promise<Chain> {
  const { config, planning, recount, asOf, previous, analyse } = computation;
  const basis = basisOf(config, planning.metrics);
  const isSame = previous?.chain.basis === basis;
  const chain: Chain = {
    basis,
    look: isSame && previous.look !== null ? new Date(previous.look) : null,
    analysis: isSame ? previous.analysis : null,
    effects: isSame ? previous.series.effects : [],
    kept: null,
  };
  // A test with a fixed end is made once: a second one, with more subjects, would be another chance of an error.
  if (isSame && previous.analysis?.isFinal)
    return { ...chain, kept: new Map(previous.metrics.map(({ key, epochs }) => [key, epochs])) };
  const [firstDay] = exposureDaysOf(recount);
  if (firstDay === undefined || planning.metrics.length === 0) return chain;
  const looks = looksIn({
    firstDay,
    windowDays: config.conversionWindowDays,
    asOf,
    endedAt: config.endedAt === null ? null : new Date(config.endedAt),
    after: chain.look,
  });
  for (const look of looks) {
    if (chain.analysis?.isFinal) break;
    const input = inputAt(computation, weights, look);
    const state = chain.analysis?.state;
    chain.analysis = analyse(state === undefined ? input : { ...input, previous: state });
    chain.look = look.at;
    chain.effects = [...chain.effects, ...effectsOf(chain.analysis, look.at)];
    // A server has requests to answer between the looks of a long history.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return chain;
}

function decidedOf(computation: Computation): Decided {
  const { config } = computation;
  return {
    control: config.control,
    variants: variantsOf(config),
    settings: config.analysis,
    plannedSubjects: config.analysis.plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS,
    status: config.status,
    startedAt: startOf(computation),
  };
}

/** Of experiments that are older than the record of their start: that of the first epoch, or the first exposure. */
function startOf({ config, epochs, recount }: Computation): string | null {
  const [firstDay] = exposureDaysOf(recount);
  const startedAt = config.startedAt ?? epochs[0]?.startedAt ?? firstDay;
  return startedAt === undefined ? null : new Date(startedAt).toISOString();
}

function exposureDaysOf({ population }: Recount): string[] {
  return population.flatMap(({ day }) => day ?? []).sort();
}

function inputAt(computation: Computation, weights: Weights, { at, cut, exposedCut }: Look): AnalysisInput {
  const { planning, recount } = computation;
  return {
    ...designAt(decidedOf(computation), at, { isOver: cut === null }),
    metrics: planning.metrics.map(({ metric, role }) => ({
      metric: planOf(metric, role),
      epochs: epochsOf(recount, metric, weights, cut),
    })),
    split: unitsOf(recount, weights, exposedCut),
  };
}

function planOf(metric: Metric, role: MetricPlan["role"]): MetricPlan {
  const { key, kind, direction, minimumEffect } = metric;
  return { id: key, kind: kind === "conversion" ? "rate" : kind, direction, role, minimumEffect };
}

function effectsOf({ metrics }: Analysis, at: Date): EffectPoint[] {
  return metrics
    .filter(({ metric }) => metric.role === "primary")
    .flatMap(({ metric, comparisons }) =>
      comparisons.flatMap((comparison) =>
        comparison.status === "withheld"
          ? []
          : {
              at: at.toISOString(),
              metric: metric.id,
              variant: comparison.variant,
              lift: comparison.lift.value,
              interval: comparison.lift.interval,
              pAdjusted: comparison.pAdjusted,
            },
      ),
    );
}

/** What a chain of looks rests on: where any of it changes, the looks before were answers to another question. */
function basisOf(config: ExperimentConfig, metrics: readonly PlannedMetric[]): string {
  return hash([
    config.unit,
    config.control,
    variantsOf(config),
    config.conversionWindowDays,
    config.analysis,
    metrics.map(({ metric, role }) => [metric.key, role, versionOf(metric)]),
  ]);
}

/** Names one wording of a definition; how its values are written changes none of them. */
export function versionOf(metric: Metric): string {
  const { currency: _currency, ...counted } = { currency: undefined, ...metric };
  return hash(counted).slice(0, 12);
}

function currencyOf(metric: Metric): { currency?: string } {
  return metric.kind === "conversion" || metric.currency === undefined ? {} : { currency: metric.currency };
}

export function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function variantsOf({ variants }: ExperimentConfig): string[] {
  return variants.map(({ name }) => name);
}
