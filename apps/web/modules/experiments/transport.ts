import {
  createClientTracker,
  type ExperimentTransport,
  registerExperimentTransport,
} from "@calcom/features/experiments/hooks";

/** PostHog in this browser, as soon as a page has a key for it. */
export const tracker = createClientTracker();

const RETRY_AFTER_MS = 2_000;

const transport: ExperimentTransport = {
  async fetchMisses(misses) {
    const { fetchAnswers } = await import("./fetch-answers");
    return fetchAnswers(misses);
  },

  async sendExposures(exposures, isLeaving) {
    await post("/api/experiments/exposures", { exposures }, isLeaving);
  },

  async sendConversion(conversion) {
    const send = () => post("/api/experiments/conversions", { conversions: [conversion] }, false);
    // Its key makes a repetition harmless, also of one that has arrived after all.
    await send().catch(() => new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS)).then(send));
  },

  onExposure: (answer) => tracker.seen(answer),
};

registerExperimentTransport(transport);

/** Rejects where the server was not reached or has failed; a refusal is final. */
async function post(path: string, body: unknown, isLeaving: boolean): Promise<void> {
  const json = JSON.stringify(body);
  // Some browsers cut a fetch when its page goes, and none cuts a beacon.
  if (isLeaving && navigator.sendBeacon?.(path, new Blob([json], { type: "application/json" }))) return;
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", body: json, headers, keepalive: true });
  if (response.status >= 500) throw new Error(`${path} answered ${response.status}.`);
}
