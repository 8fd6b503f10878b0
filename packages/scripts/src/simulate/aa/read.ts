import { ScriptError } from "@calcom/lib/script-error";
import type pg from "pg";
import { readConfig } from "../../lib/stored-experiments";
import {
  type ExperimentConfig,
  latestCut,
  type Metric,
  type MetricRegistry,
  type OutcomeRow,
  outcomesSql,
  RecountRepository,
} from "../internals";

export interface Outcomes {
  config: ExperimentConfig;
  metrics: Metric[];
  subjects: OutcomeRow[];
}

/** What the subjects of an experiment did, for its own metrics or for others. */
export async function readOutcomes(
  pool: pg.Pool,
  slug: string,
  { registry, keys, most }: { registry: MetricRegistry; keys: string[] | null; most: number },
): Promise<Outcomes> {
  const config = await readConfig(pool, slug);
  const metrics = metricsOf(slug, config, registry, keys);
  const { unit, conversionWindowDays: windowDays, endedAt } = config;
  const statement = outcomesSql({ unit, metrics });
  const subjects = await new RecountRepository(pool).readOutcomes(
    (asOf) => ({
      statement,
      parameters: [
        slug,
        windowDays * 24,
        endedAt,
        latestCut({ windowDays, asOf, endedAt: endedAt === null ? null : new Date(endedAt) }),
      ],
    }),
    most,
  );
  const needed = 100 * config.variants.length;
  if (subjects.length < needed)
    throw new ScriptError(
      `${slug} has ${subjects.length} subjects whose window of ${windowDays} days has closed; to be split they must be ${needed}.`,
    );
  return { config, metrics, subjects };
}

function metricsOf(
  slug: string,
  config: ExperimentConfig,
  registry: MetricRegistry,
  keys: string[] | null,
): Metric[] {
  const named = { primary: null, secondary: keys ?? [], guardrails: [] };
  const { metrics, unknown } = registry.plan(keys === null ? config : { ...config, metrics: named });
  if (unknown.length > 0)
    throw new ScriptError(
      `${unknown.map(({ key }) => key).join(", ")} cannot be measured for ${slug}: there are ${registry
        .list()
        .map(({ key }) => key)
        .join(", ")}, and event:<event>.`,
    );
  if (metrics.length === 0) throw new ScriptError(`${slug} measures nothing: name a metric with --metric.`);
  return metrics.map(({ metric }) => metric);
}
