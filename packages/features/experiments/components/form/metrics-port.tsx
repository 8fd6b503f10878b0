"use client";

import { createContext, useContext } from "react";
import type { KnownMetric as Known } from "../../types/metric-views";

/** A metric by its name; where it may not be chosen, or not by every unit, that is said. */
export type KnownMetric = Pick<Known, "key" | "name"> & Partial<Known>;

const MetricsContext = createContext<readonly KnownMetric[]>([]);

/** The metrics of code and of the catalog, from whoever knows them. */
export const MetricsProvider = MetricsContext;

export function useMetrics(): readonly KnownMetric[] {
  return useContext(MetricsContext);
}

/** A metric as people call it; one that code no longer defines keeps its key. */
export function useMetricName(): (key: string) => string {
  const defined = useMetrics();
  return (key) => defined.find((metric) => metric.key === key)?.name ?? eventOf(key) ?? key;
}

/** The event whose conversions a metric counts: that is its name too. Null for any other metric. */
export function eventOf(key: string): string | null {
  return key.startsWith(EVENT) ? key.slice(EVENT.length) : null;
}

const EVENT = "event:";
