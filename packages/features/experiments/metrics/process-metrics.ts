import { MetricRegistry } from "./registry";

// Next keeps several instances of a module in one process; what was registered in one must be known in all.
const shared = globalThis as typeof globalThis & { calcomMetrics?: MetricRegistry };

/** The metrics of this process: the host registers its own when it starts. */
export function processMetrics(): MetricRegistry {
  shared.calcomMetrics ??= new MetricRegistry();
  return shared.calcomMetrics;
}
