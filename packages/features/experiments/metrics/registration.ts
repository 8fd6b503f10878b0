import { canonicalJson } from "@calcom/lib/canonical-json";
import { fingerprint } from "@calcom/lib/fingerprint";
import type { RegisteredMetric } from "../types/metrics";
import type { Metric } from "./define-metric";
import type { MetricPlanning, PlannedMetric } from "./planned";

/** The metrics as they are now, for an experiment to remember at its start what it set out to find. */
export function toRegistration({ metrics }: MetricPlanning): RegisteredMetric[] {
  return metrics.map(({ metric, role }) => ({
    key: metric.key,
    role,
    kind: metric.kind,
    direction: metric.direction,
    minimumEffect: metric.minimumEffect,
    definition: hashDefinition(metric),
  }));
}

export type SinceStart = Pick<PlannedMetric, "isChosenAfterStart" | "isRedefined">;

/**
 * How a metric departs from what was registered at the start. Another role is another choice, and another definition is
 * another metric. Without a register (before the start, and in experiments that started before one was kept) nothing
 * does.
 */
export function compareWithStart(
  registered: readonly RegisteredMetric[] | null,
  { metric, role }: Pick<PlannedMetric, "metric" | "role">,
): SinceStart {
  if (registered === null) return {};
  const then = registered.find((one) => one.key === metric.key && one.role === role);
  if (then === undefined) return { isChosenAfterStart: true };
  return then.definition === hashDefinition(metric) ? {} : { isChosenAfterStart: true, isRedefined: true };
}

/**
 * Names everything that a figure depends on. Names and currencies are words for readers. What is null is left out, so
 * that a setting which comes later, and is not used, makes no other metric of those that are registered.
 */
function hashDefinition(metric: Metric): string {
  const { name: _name, currency: _currency, ...counted } = { currency: undefined, ...metric };
  const used = Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== null));
  return fingerprint(canonicalJson(used)).slice(0, 12);
}
