import { createPostHogTracker } from "./server/posthog-tracker";
import { type ExperimentTracker, noTracker } from "./tracker";

/** PostHog's tracker where there is a key, and one that does nothing where there is none. */
export function createExperimentTracker(settings: {
  key: string | undefined;
  host: string;
}): ExperimentTracker {
  const { key, host } = settings;
  return key === undefined ? noTracker : createPostHogTracker({ key, host });
}
