import { toRegistration } from "../metrics/registration";
import type { MetricRegistry } from "../metrics/registry";
import type { ExperimentConfig } from "../types/config";
import type { RegisteredMetric } from "../types/metrics";

/**
 * What was registered before a change. Experiments that started before metrics were registered count as having
 * registered what they measured until now: it is kept with their first change, so that what the change adds is known as
 * added. A metric that no code defines at the moment cannot be registered, so it is waited for.
 */
export function completeRegistration(
  registry: MetricRegistry,
  before: ExperimentConfig,
): RegisteredMetric[] | null {
  if (before.registeredMetrics !== null || before.status === "draft") return before.registeredMetrics;
  const planning = registry.plan(before);
  return planning.unknown.length > 0 ? null : toRegistration(planning);
}
