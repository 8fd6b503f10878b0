"use client";

import { useWatch } from "react-hook-form";
import type { ExperimentMetrics } from "../../types/metrics";
import type { FormValues } from "./form-values";
import { eventOf, type KnownMetric, useMetrics } from "./metrics-port";

/** The metrics that the form's unit can choose from, and its own events. What is chosen stays in view, whatever became of it. */
export function useOfferedMetrics({ primary, secondary, guardrails }: ExperimentMetrics): KnownMetric[] {
  const defined = useMetrics();
  const [events, unit] = useWatch<FormValues, ["clientEvents", "unit"]>({ name: ["clientEvents", "unit"] });
  const chosen = [...(primary === null ? [] : [primary]), ...secondary, ...guardrails];
  const known: KnownMetric[] = [
    ...defined.filter(
      ({ key, isOffered = true, units = [unit] }) =>
        chosen.includes(key) || (isOffered && units.includes(unit)),
    ),
    ...events.map((event) => ({ key: `event:${event}`, name: event })),
  ];
  return [
    ...known,
    ...chosen
      .filter((key) => !known.some((metric) => metric.key === key))
      .map((key) => ({ key, name: eventOf(key) ?? key })),
  ];
}
