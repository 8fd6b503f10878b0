import { createTransport, registerExperimentTransport } from "@calcom/features/experiments/hooks";
import { createClientTracker } from "@calcom/features/experiments/posthog";

/** PostHog in this browser, as soon as a page has a key for it. */
export const tracker = createClientTracker();

/** The exposures that the server has taken from this page, as `slug subject`: for developers to look at. */
export const deliveredExposures = new Set<string>();

/** Speaks to this application's own server; registered with the hooks wherever this module is loaded. */
export const transport = createTransport({
  path: "/api/experiments",
  async fetchMisses(misses) {
    const { fetchAnswers } = await import("./fetch-answers");
    return fetchAnswers(misses);
  },
  onSeen: (answer) => tracker.seen(answer),
  onDelivered: ({ slug, subject }) => void deliveredExposures.add(`${slug} ${subject}`),
});

registerExperimentTransport(transport);
