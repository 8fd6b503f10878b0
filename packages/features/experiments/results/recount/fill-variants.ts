import type { ExperimentConfig } from "../../types/config";
import type { AllCounts } from "../readable-counts";
import type { ExperimentCounts } from "./stats.repository";

/** Every configured variant, with zeros where nothing was counted; then what is no longer there. */
export function fillVariants(
  { variants }: ExperimentCounts,
  config: ExperimentConfig | null,
): AllCounts["variants"] {
  const configured = config?.variants.map(({ name }) => name) ?? [];
  const counted = new Map(variants.map((count) => [count.variant, count]));
  return [...new Set([...configured, ...counted.keys()])].map((variant) => {
    const { assigned = 0, exposed = 0, converted = 0, events = {} } = counted.get(variant) ?? {};
    return {
      variant,
      assigned,
      exposed,
      converted,
      events: Object.entries(events)
        .map(([event, subjects]) => ({ event, converted: subjects }))
        .sort((a, b) => a.event.localeCompare(b.event)),
    };
  });
}
