import { experiments } from "@calcom/features/experiments/server";

/** Schedules and unsent events wait for no visitor: the first use of the module begins its jobs. */
export function startJobs(): void {
  experiments();
}
