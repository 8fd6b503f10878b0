import type { Analysis, EpochData } from "@calcom/statistics";
import { listUnmeasured, type MetricPlanning } from "../../metrics/planned";
import type { ExperimentConfig } from "../../types/config";
import { type Computation, listExposureDays, listVariants } from "../computation";
import { readPace } from "../design";
import { measurePace, type Pace } from "../pace";
import type { Weights } from "../recount-rows";
import type { EffectPoint } from "../types";
import { buildAnalysisInput } from "./analysis-input";
import { findLatestCut, findMaturedCut, listLooks } from "./looks";
import { ENGINE_VERSION, hash, nameVersion } from "./versions";

/** All looks so far, of which each goes on from the one before. */
export interface Chain {
  basis: string;
  look: Date | null;
  /** At the look, or now where there was none. */
  pace: Pace;
  analysis: Analysis | null;
  effects: EffectPoint[];
  /** What a test that was made at its planned end was made from, by metric; null where the latest look is newer. */
  kept: ReadonlyMap<string, EpochData[]> | null;
}

/** Makes the looks that are due. Those that were made before stay, unless the question has changed since. */
export async function followChain(computation: Computation, weights: Weights): Promise<Chain> {
  const { config, planning, recount, asOf, previous, analyse } = computation;
  const basis = hashBasis(config, planning);
  const isSame = previous?.chain.basis === basis;
  const chain: Chain = {
    basis,
    look: isSame && previous.look !== null ? new Date(previous.look) : null,
    pace: isSame && previous.look !== null ? readPace(previous) : measurePaceNow(computation),
    analysis: isSame ? previous.analysis : null,
    effects: isSame ? previous.series.effects : [],
    kept: null,
  };
  // A test with a fixed end is made once: a second one, with more subjects, would be another chance of an error.
  if (isSame && previous.analysis?.isFinal)
    return { ...chain, kept: new Map(previous.metrics.map(({ key, epochs }) => [key, epochs])) };
  const [firstDay] = listExposureDays(recount);
  if (firstDay === undefined) return chain;
  const looks = listLooks({
    firstDay,
    windowDays: config.conversionWindowDays,
    asOf,
    endedAt: config.endedAt === null ? null : new Date(config.endedAt),
    after: chain.look,
  });
  for (const look of looks) {
    if (chain.analysis?.isFinal) break;
    chain.pace = measurePace(recount.population, {
      control: config.control,
      ...look,
      ...(look.cut === null ? { maturedCut: findMaturedCut(look.at, config.conversionWindowDays) } : {}),
    });
    const input = buildAnalysisInput(computation, weights, look, chain.pace);
    const state = chain.analysis?.state;
    chain.analysis = analyse(state === undefined ? input : { ...input, previous: state });
    chain.look = look.at;
    chain.effects = [...chain.effects, ...listEffects(chain.analysis, look.at)];
    // A server has requests to answer between the looks of a long history.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return chain;
}

/** The state before the first look, when nobody is compared yet. */
function measurePaceNow({ config, recount, asOf }: Computation): Pace {
  const cut = findLatestCut({ windowDays: config.conversionWindowDays, asOf, endedAt: null });
  return measurePace(recount.population, { control: config.control, cut, exposedCut: null, at: asOf });
}

/** Of what a verdict can be about. */
function listEffects({ metrics }: Analysis, at: Date): EffectPoint[] {
  return metrics
    .filter(({ metric }) => metric.role === "primary" || metric.role === "guardrail")
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
function hashBasis(config: ExperimentConfig, planning: MetricPlanning): string {
  const { metrics } = planning;
  const lost = listUnmeasured(planning).flatMap(({ key, role }) =>
    role === "secondary" ? [] : [[key, role]],
  );
  return hash([
    // An engine that answers differently must not go on from what another one established.
    ENGINE_VERSION,
    config.unit,
    config.control,
    listVariants(config),
    config.conversionWindowDays,
    config.analysis,
    metrics.map(({ metric, role, isChosenAfterStart }) => [
      metric.key,
      role,
      nameVersion(metric),
      // Those that were registered keep the basis of results from before metrics were.
      ...(isChosenAfterStart ? ["chosen after the start"] : []),
    ]),
    // Where nothing is missed, the basis is that of results from before it was told.
    ...(lost.length === 0 ? [] : [lost]),
  ]);
}
