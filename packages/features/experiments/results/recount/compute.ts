import type { Metric } from "../../metrics/define-metric";
import { type Computation, decidedOf, variantsOf } from "../computation";
import { noveltyOf, segmentsOf, seriesOf } from "../descriptions";
import { epochsOf, totalOf, unitsOf } from "../grid";
import type { Weights } from "../recount-rows";
import type { StoredResult } from "../types";
import { followChain } from "./look-chain";
import { latestCut, noveltyCut } from "./looks";
import { versionOf } from "./versions";

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
    pace: chain.pace,
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
    population: {
      subjects: totalOf(recount.population, cut),
      open: cut === null ? all - totalOf(recount.population, noveltyCut({ windowDays, asOf, endedAt })) : 0,
    },
    leftOut: {
      imported: recount.imported,
      mixed: recount.mixed,
      notExposed: recount.population.reduce((total, { day, n }) => total + (day === null ? n : 0), 0),
      immature: all - mature,
      afterPlannedEnd: mature - totalOf(recount.population, cut),
      erased: recount.erased.reduce((total, { n }) => total + n, 0),
    },
    split: unitsOf(recount, weights, null),
    metrics: planning.metrics.map(({ metric, role, ...since }) => ({
      key: metric.key,
      name: metric.name,
      role,
      kind: metric.kind,
      ...currencyOf(metric),
      ...since,
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
    smallSegments: recount.smallSegments ?? [],
    chain: { basis: chain.basis, state: chain.analysis?.state ?? null },
  };
}

function currencyOf(metric: Metric): { currency?: string } {
  return metric.kind === "conversion" || metric.currency === undefined ? {} : { currency: metric.currency };
}
