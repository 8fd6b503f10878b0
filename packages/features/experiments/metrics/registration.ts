import { canonicalJson } from "@calcom/lib/canonical-json";
import { fingerprint } from "@calcom/lib/fingerprint";
import type { RegisteredMetric } from "../types/metrics";
import type { Metric } from "./define-metric";
import { NO_GUARDRAIL_ANY_MORE, REDEFINED } from "./faults";
import type { MetricPlanning, PlannedMetric, UnmeasuredMetric } from "./planned";

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
 * The guardrails that were registered at the start and that are measured otherwise now, or not at all. Those that are
 * unknown are told apart.
 */
export function listBrokenGuardrails(
  registered: readonly RegisteredMetric[] | null,
  { metrics, unknown }: Pick<MetricPlanning, "metrics" | "unknown">,
): UnmeasuredMetric[] {
  const guardrails = (registered ?? []).filter(({ role }) => role === "guardrail");
  return guardrails.flatMap(({ key, role }): UnmeasuredMetric[] => {
    if (unknown.some((one) => one.key === key && one.role === role)) return [];
    const now = metrics.find(({ metric, role }) => metric.key === key && role === "guardrail");
    if (now === undefined) {
      const name = metrics.find(({ metric }) => metric.key === key)?.metric.name ?? key;
      return [{ key, name, role, fault: NO_GUARDRAIL_ANY_MORE }];
    }
    if (!now.isRedefined) return [];
    return [{ key, name: now.metric.name, role, fault: REDEFINED }];
  });
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
