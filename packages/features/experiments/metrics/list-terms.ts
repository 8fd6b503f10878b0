import type { CatalogDefinition, MetricTerm } from "../types/metric-catalog";
import { listSources, type Metric } from "./define-metric";

/** What a metric of the catalog counts, and of a ratio what it is divided by. */
export function listTerms(definition: CatalogDefinition): MetricTerm[] {
  return definition.kind === "ratio" ? [definition.numerator, definition.denominator] : [definition.source];
}

/** The same of a metric that code defines: null for each query, of which nothing is known in words. */
export function listTermsInCode(metric: Metric): (MetricTerm | null)[] {
  return listSources(metric).map((source) => ("events" in source ? { from: "events", ...source } : null));
}
