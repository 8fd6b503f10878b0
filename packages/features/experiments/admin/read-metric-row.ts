import { type Sentence, sentence } from "@calcom/lib/sentence";
import type { Metric } from "../metrics/define-metric";
import type { MetricRegistry } from "../metrics/registry";
import { type CatalogDefinition, metricDefinitionSchema } from "../types/metric-catalog";

export interface ReadMetric<Row> {
  row: Row;
  /** Null where what is stored is none. */
  definition: CatalogDefinition | null;
  /** Null where nothing can be computed of it. */
  metric: Metric | null;
  /** Why not, as the end of a sentence. */
  fault: Sentence | null;
}

/** Reads a row of the catalog on its own, so that one that is damaged is a row with a fault and nothing more. */
export function readMetricRow(
  { key = "", definition: stored }: { key?: string; definition: unknown },
  registry?: MetricRegistry,
): Omit<ReadMetric<never>, "row"> {
  const { data: definition = null } = metricDefinitionSchema.safeParse(stored);
  if (definition === null)
    return {
      definition,
      metric: null,
      fault: sentence("its definition can’t be read: create a new version of it"),
    };
  if (registry === undefined) return { definition, metric: null, fault: null };
  if (registry.isInCode(key))
    return { definition, metric: null, fault: sentence("code defines another metric with this key") };
  const compiled = registry.compile({ key, definition });
  return compiled.ok
    ? { definition, metric: compiled.metric, fault: null }
    : { definition, metric: null, fault: compiled.fault };
}
