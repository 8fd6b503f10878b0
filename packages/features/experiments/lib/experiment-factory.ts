import { createPostHogTracker } from "./server/posthog-tracker";
import { type ExperimentTracker, noTracker } from "./tracker";

/** PostHog's tracker if there is a key, otherwise one that does nothing. */
export function createExperimentTracker(settings: {
  key: string | undefined;
  host: string;
}): ExperimentTracker {
  const { key, host } = settings;
  return key === undefined ? noTracker : createPostHogTracker({ key, host });
}
