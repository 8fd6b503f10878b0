import { registerMetrics, startExperiments } from "@calcom/features/experiments/server";
import { experimentMetrics } from "./experiments.metrics";

/** Schedules and unsent events wait for no visitor. */
export async function startServer(): Promise<void> {
  registerMetrics(experimentMetrics);
  await startExperiments();
}
