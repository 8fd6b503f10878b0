import type { Metric } from "../../metrics/define-metric";
import { listUnmeasured } from "../../metrics/planned";
import { type Computation, listVariants, readDecided } from "../computation";
import { buildDays } from "../days";
import { buildExposureSeries, readNovelty } from "../descriptions";
import { buildDesign } from "../design";
import { buildEpochs, countExposed, countUnitsByEpoch } from "../grid";
import { type Weights, withoutImpossibleDays } from "../recount-rows";
import { readSegments, testSegments } from "../segments";
import type { StoredResult } from "../types";
import { followChain } from "./look-chain";
import { findLatestCut, findNoveltyCut } from "./looks";
import { nameVersion } from "./versions";

/**
 * A result from a recount. Looks that were made before are gone on from; where the question has changed (another
 * window, another metric), all are made again from the days of the recount.
 */
export async function computeResult(given: Computation): Promise<Omit<StoredResult, "tookMs">> {
  const computation = { ...given, recount: withoutImpossibleDays(given.recount, given.asOf) };
  const { slug, config, planning, recount, asOf, epochs } = computation;
  const endedAt = config.endedAt === null ? null : new Date(config.endedAt);
  const windowDays = config.conversionWindowDays;
  const weights: Weights = new Map(epochs.map((epoch) => [epoch.number, epoch.weights]));
  const chain = await followChain(computation, weights);
  const cut = findLatestCut({ windowDays, asOf: chain.look ?? asOf, endedAt });
  const mature = countExposed(recount.population, findLatestCut({ windowDays, asOf, endedAt }));
  const all = countExposed(recount.population, null);
  const primary = planning.metrics.find(({ role }) => role === "primary")?.metric ?? null;
  return {
    format: 1,
    slug,
    asOf: asOf.toISOString(),
    look: chain.look?.toISOString() ?? null,
    pace: chain.pace,
    ...readDecided(computation),
    windowDays,
    endedAt: config.endedAt,
    exposed: Object.fromEntries(
      listVariants(config).map((variant) => [
        variant,
        countExposed(
          recount.population.filter((row) => row.variant === variant),
          null,
        ),
      ]),
    ),
    population: {
      subjects: countExposed(recount.population, cut),
      open:
        cut === null
          ? all - countExposed(recount.population, findNoveltyCut({ windowDays, asOf, endedAt }))
          : 0,
    },
    leftOut: {
      imported: recount.imported,
      mixed: recount.mixed,
      notExposed: recount.population.reduce((total, { day, n }) => total + (day === null ? n : 0), 0),
      immature: all - mature,
      afterPlannedEnd: mature - countExposed(recount.population, cut),
      erased: recount.erased.reduce((total, { n }) => total + n, 0),
    },
    split: countUnitsByEpoch(recount, weights, null),
    metrics: planning.metrics.map(({ metric, role, ...since }) => ({
      key: metric.key,
      name: metric.name,
      role,
      kind: metric.kind,
      ...pickCurrency(metric),
      ...since,
      version: nameVersion(metric),
      epochs: chain.kept?.get(metric.key) ?? buildEpochs(recount, metric, weights, cut),
    })),
    unknownMetrics: planning.unknown.map(({ key }) => key),
    unmeasured: listUnmeasured(planning),
    analysis: chain.analysis,
    series: { exposures: buildExposureSeries(recount), effects: chain.effects },
    novelty: readNovelty(recount, planning.metrics, {
      windowDays,
      cut: findNoveltyCut({ windowDays, asOf, endedAt }),
    }),
    segments: primary === null ? [] : readSegments(recount, primary),
    segmentTests:
      primary === null || chain.look === null
        ? []
        : testSegments(recount, {
            metric: primary,
            design: buildDesign(readDecided(computation), { isOver: endedAt !== null, pace: chain.pace }),
            weights,
          }),
    smallSegments: recount.smallSegments ?? [],
    days: buildDays(
      recount,
      planning.metrics.map(({ metric }) => metric),
      cut,
    ),
    chain: { basis: chain.basis, state: chain.analysis?.state ?? null },
  };
}

function pickCurrency(metric: Metric): { currency?: string } {
  return metric.kind === "conversion" || metric.currency === undefined ? {} : { currency: metric.currency };
}
