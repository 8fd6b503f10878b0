import type { Unit } from "../types/settings";
import { listSources, type Metric } from "./define-metric";

/** Whether the metric covers subjects of that kind. Visitors are covered as the users that they turn out to be. */
export function coversUnit(metric: Metric, unit: Unit): boolean {
  return listSources(metric).every(
    (source) => "events" in source || source.query[unit === "team" ? "team" : "user"] !== undefined,
  );
}
