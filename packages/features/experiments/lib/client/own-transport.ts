import type { ExperimentAnswer } from "../../types/answers";
import { claimsOf, randomKey } from "./report";
import type { ExperimentTransport, Miss, SeenVariant } from "./transport";
import { createUnsent } from "./unsent";

export interface TransportSettings {
  /** Where the route handler is, such as `/api/experiments`. */
  path: string;
  /** Asks for experiments that no provider named; by default it asks the route handler. */
  fetchMisses?(misses: Miss[]): Promise<ExperimentAnswer[]>;
  /** Told of each variant that is about to be reported. */
  onSeen?(answer: ExperimentAnswer): void;
  /** Told of each whose report the server has taken. */
  onDelivered?(answer: ExperimentAnswer): void;
}

/** The most reports in one request: the server's MAX_BATCH, which lives beside zod. */
const BATCH_SIZE = 50;

/** Speaks to the application's own server, through the handler of `createExperimentsHandler` or routes like it. */
export function createTransport(settings: TransportSettings): ExperimentTransport {
  const wasLookedAt = noteLooks();
  const { path, onSeen, onDelivered } = settings;
  const keep = createUnsent();
  return {
    async fetchMisses(misses) {
      if (isRenderedAhead()) await whenLookedAt();
      if (settings.fetchMisses) return settings.fetchMisses(misses);
      const { fetchAnswers } = await import("./fetch-answers");
      return fetchAnswers(`${path}/answers`, misses);
    },

    async sendExposures(seen, isLeaving) {
      let lookedAt = 0;
      if (isLeaving && !wasLookedAt()) throw new Error("Nobody has looked at the page.");
      // Not awaited otherwise: a page that is being left has no time.
      if (document.hidden && !isLeaving) {
        await whenLookedAt();
        lookedAt = performance.now();
      }
      for (const { answer } of seen) onSeen?.(answer);
      const sent: Promise<void>[] = [];
      for (let start = 0; start < seen.length; start += BATCH_SIZE) {
        const exposures = seen.slice(start, start + BATCH_SIZE).map((one) => toReport(one, lookedAt));
        sent.push(post(`${path}/exposures`, { exposures }, isLeaving));
      }
      await Promise.all(sent);
      for (const { answer } of seen) onDelivered?.(answer);
    },

    async sendConversion({ subject, key = randomKey(), slug, event }) {
      if (isRenderedAhead()) await whenLookedAt();
      const happenedAt = performance.now();
      const send = () => {
        const ageMs = performance.now() - happenedAt;
        const conversions = [{ ...claimsOf(subject), slug, event, key, ageMs }];
        return post(`${path}/conversions`, { conversions }, false);
      };
      // Its key makes a repetition harmless, also of one that has arrived after all.
      send().catch(() => keep({ happenedAt, send }));
    },
  };
}

/** The report of one exposure. It is no older than the first look at the page. */
function toReport({ answer: { subject, slug, variant }, ageMs }: SeenVariant, lookedAt: number) {
  const lookedForMs = performance.now() - lookedAt;
  return { ...claimsOf(subject), slug, variant: variant ?? undefined, ageMs: Math.min(ageMs, lookedForMs) };
}

/** Says whether the page has been in view at any moment since: a tab in the background may be closed unseen. */
function noteLooks(): () => boolean {
  // Modules of the browser are loaded on the server too, where nothing is sent.
  if (typeof document === "undefined") return () => false;
  let wasLookedAt = false;
  const look = () => {
    wasLookedAt ||= !document.hidden;
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => wasLookedAt;
}

/** A page that the browser renders ahead runs its code, and may never be shown: until then it asks and says nothing. */
function isRenderedAhead(): boolean {
  return "prerendering" in document && document.prerendering === true;
}

/** That page comes into view, or a tab that was opened in the background. */
async function whenLookedAt(): Promise<void> {
  while (document.hidden)
    await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
}

/** Rejects where the server was not reached, has failed, or takes no more just now; any other refusal is final. */
async function post(path: string, body: unknown, isLeaving: boolean): Promise<void> {
  const json = JSON.stringify(body);
  if (isLeaving && wentByBeacon(path, json)) return;
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", body: json, headers, keepalive: true });
  if (response.status >= 500 || response.status === 429)
    throw new Error(`${path} answered ${response.status}.`);
}

/** Some browsers cut a fetch when its page goes, and none cuts a beacon. A blocker may take it away, or break it. */
function wentByBeacon(path: string, json: string): boolean {
  try {
    return navigator.sendBeacon(path, new Blob([json], { type: "application/json" }));
  } catch {
    return false;
  }
}
