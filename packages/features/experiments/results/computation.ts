import type { Analysis, AnalysisInput } from "@calcom/statistics";
import type { MetricPlanning } from "../metrics/planned";
import type { Epoch } from "../types/admin";
import { DEFAULT_PLANNED_SUBJECTS } from "../types/analysis";
import type { ExperimentConfig } from "../types/config";
import type { Decided } from "./design";
import type { Recount } from "./recount-rows";
import type { StoredResult } from "./types";

/** The statistics engine. */
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

/** What was decided of the experiment, as its result keeps it. */
export function readDecided(computation: Computation): Decided {
  const { config } = computation;
  return {
    unit: config.unit,
    control: config.control,
    windowDays: config.conversionWindowDays,
    variants: listVariants(config),
    plannedComparisons: countComparisons(computation),
    settings: config.analysis,
    plannedSubjects: config.analysis.plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS,
    status: config.status,
    startedAt: findStart(computation),
  };
}

/** With every variant that was ever part of it: one that is taken away must not make the family smaller. */
function countComparisons({ config, epochs }: Computation): number {
  const variants = new Set([
    ...listVariants(config),
    ...epochs.flatMap(({ weights }) => Object.keys(weights)),
  ]);
  return Math.max(1, variants.size - 1);
}

/** Of experiments that are older than the record of their start: that of the first epoch, or the first exposure. */
function findStart({ config, epochs, recount }: Computation): string | null {
  const [firstDay] = listExposureDays(recount);
  const startedAt = config.startedAt ?? epochs[0]?.startedAt ?? firstDay;
  return startedAt === undefined ? null : new Date(startedAt).toISOString();
}

/** UTC days on which somebody was exposed, in order. */
export function listExposureDays({ population }: Recount): string[] {
  return population.flatMap(({ day }) => day ?? []).sort();
}

export function listVariants({ variants }: ExperimentConfig): string[] {
  return variants.map(({ name }) => name);
}
