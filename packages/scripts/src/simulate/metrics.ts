import { readMetrics } from "../lib/application-metrics";
import { MetricRegistry } from "./internals";

/** The metrics that a module exports as `experimentMetrics`: those of the application by default. */
export async function registryOf(file?: string): Promise<MetricRegistry> {
  const registry = new MetricRegistry();
  registry.register(await readMetrics(file));
  return registry;
}
