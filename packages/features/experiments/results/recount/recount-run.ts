import type { Metric } from "../../metrics/define-metric";
import type { MetricPlanning } from "../../metrics/planned";
import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { ExperimentConfig } from "../../types/config";
import { readStoredConfig } from "../../utils/stored-config";
import type { RecountRun } from "../types";
import { findLatestCut } from "./looks";
import { buildRecountSql, type RecountQuestion } from "./recount-sql";

export interface CountedExperiment {
  slug: string;
  config: ExperimentConfig;
  planning: MetricPlanning;
}

type Read =
  | { ok: true; counted: CountedExperiment }
  | Extract<ReturnType<typeof readStoredConfig>, { ok: false }>;

/** Reads what a recount asks for. Null where there is no such experiment. */
export async function readCounted(
  {
    configs,
    metrics,
  }: { configs: Pick<ExperimentConfigsRepository, "loadMany">; metrics: Pick<MetricRegistry, "plan"> },
  slug: string,
): Promise<Read | null> {
  const [row] = await configs.loadMany([slug]);
  if (row === undefined) return null;
  const stored = readStoredConfig(row);
  if (!stored.ok) return stored;
  return { ok: true, counted: { slug, config: stored.config, planning: metrics.plan(stored.config) } };
}

/** The statement that counts an experiment, and its parameters. `asOf` is the time up to which the data are complete. */
export function buildRun(
  { slug, config, planning }: CountedExperiment,
  asOf: Date,
  more: Pick<RecountQuestion, "kept" | "hasCounts"> = {},
): RecountRun {
  const metrics = listMetrics(planning);
  const { unit, conversionWindowDays: windowDays, endedAt } = config;
  const cut = findLatestCut({ windowDays, asOf, endedAt: endedAt === null ? null : new Date(endedAt) });
  return {
    statement: buildRecountSql({
      unit,
      metrics,
      segmented: metrics[0]?.key ?? null,
      ...more,
    }),
    parameters: [slug, windowDays * 24, endedAt, cut],
  };
}

export function listMetrics({ metrics }: MetricPlanning): Metric[] {
  return metrics.map(({ metric }) => metric);
}
