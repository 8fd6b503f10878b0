import { readMetrics } from "../lib/application-metrics";
import { MetricRegistry } from "./internals";

/** The metrics and sources that a module exports: those of the application by default. */
export async function registryOf(file?: string): Promise<MetricRegistry> {
  const registry = new MetricRegistry();
  const { metrics, sources } = await readMetrics(file);
  registry.register(metrics);
  registry.registerSources(sources);
  return registry;
}
