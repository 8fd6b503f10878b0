"use client";

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
