import { experiments, registerMetrics } from "@calcom/features/experiments/server";
import { experimentMetrics } from "./experiments.metrics";

/** Schedules and unsent events wait for no visitor: the first use of the module begins its jobs. */
export function startJobs(): void {
  registerMetrics(experimentMetrics);
  experiments();
}
