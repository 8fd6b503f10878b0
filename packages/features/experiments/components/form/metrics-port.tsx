"use client";

import { useLocale } from "@calcom/lib/i18n";
import { createContext, useContext } from "react";

export interface KnownMetric {
  key: string;
  name: string;
}

const MetricsContext = createContext<readonly KnownMetric[]>([]);

/** The metrics that code defines, from whoever knows them. */
export const MetricsProvider = MetricsContext;

export function useMetrics(): readonly KnownMetric[] {
  return useContext(MetricsContext);
}

/** A metric as people call it; one that code no longer defines keeps its key. */
export function useMetricName(): (key: string) => string {
  const { t } = useLocale();
  const defined = useMetrics();
  return (key) => {
    if (key.startsWith(EVENT)) return t("metric_of_event", { event: key.slice(EVENT.length) });
    return defined.find((metric) => metric.key === key)?.name ?? key;
  };
}

const EVENT = "event:";
