"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { NewMetric } from "../../types/metric-catalog";
import type { MetricHistory, OfferedSource } from "../../types/metric-views";
import type { Unit } from "../../types/settings";
import type { SaveRefusal } from "../form/useExperimentEditing";

/** What pages and forms ask about the catalog; the application speaks to the server. Questions reject with a sentence. */
export interface MetricsPort {
  sources(): Promise<OfferedSource[]>;
  history(key: string, unit: Unit): Promise<MetricHistory>;
  /** Null once it is made, and known to the forms. */
  create(metric: NewMetric): Promise<SaveRefusal | null>;
}

const MetricsPortContext = createContext<MetricsPort | null>(null);

export function MetricsPortProvider({ port, children }: { port: MetricsPort; children: ReactNode }) {
  return <MetricsPortContext.Provider value={port}>{children}</MetricsPortContext.Provider>;
}

export function useMetricsPort(): MetricsPort | null {
  return useContext(MetricsPortContext);
}
