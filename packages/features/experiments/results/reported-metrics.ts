import type { MetricPlanning } from "../metrics/planned";
import { listRoles } from "../metrics/registry";
import type { ExperimentConfig } from "../types/config";
import type { MetricInfo, StoredResult } from "./types";

export interface ReportedMetric
  extends Pick<MetricInfo, "key" | "name" | "role" | "isChosenAfterStart" | "isRedefined"> {
  /** Nothing defines it, or nothing of it could be measured: its key is its name. */
  isUnknown?: true;
}

/**
 * Every metric that an experiment has. Of one that is over they are what its result was computed from: the code that
 * defined them goes, or goes on.
 */
export function listReportedMetrics(
  config: Pick<ExperimentConfig, "metrics" | "clientEvents" | "endedAt">,
  planning: MetricPlanning,
  result: Pick<StoredResult, "endedAt" | "metrics"> | null,
): ReportedMetric[] {
  const isFinal = config.endedAt !== null && result !== null && result.endedAt !== null;
  const planned = planning.metrics.map(({ metric, ...rest }) => ({
    ...rest,
    key: metric.key,
    name: metric.name,
  }));
  const known = isFinal ? [...result.metrics, ...planned] : planned;
  return listRoles(config).map(({ key, role }) => {
    const found = known.find((one) => one.key === key && one.role === role);
    if (found === undefined) return { key, name: key, role, isUnknown: true };
    const { name, isChosenAfterStart, isRedefined } = found;
    return {
      key,
      name,
      role,
      ...(isChosenAfterStart && { isChosenAfterStart }),
      ...(isRedefined && { isRedefined }),
    };
  });
}
