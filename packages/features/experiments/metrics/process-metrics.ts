import { MetricRegistry } from "./registry";

// Next keeps several instances of a module in one process, and a metric registered in one must be known in all.
const shared = globalThis as typeof globalThis & { calcomMetrics?: MetricRegistry };

/** The metrics of this process. The host registers its own when it starts. */
export function processMetrics(): MetricRegistry {
  shared.calcomMetrics ??= new MetricRegistry();
  return shared.calcomMetrics;
}
