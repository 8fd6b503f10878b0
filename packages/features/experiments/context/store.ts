import { claimsOf } from "../lib/client/report";
import { BATCH_SIZE, transport } from "../lib/client/transport";
import type { ExperimentAnswer, ExposureReport } from "../types";

/** What the server said when the browser asked: an answer, a refusal of the claimed team, or why there is none. */
export type Asked = ExperimentAnswer | "refused" | Error;

/** What one subject was told and has seen, as long as its page lives. Answers of the first HTML are not in here. */
export interface ExperimentStore {
  /** Whom the server took this page's reader for, such as `user:12`; null where it did not say. */
  readonly subject: string | null;
  /** Names the state of all configurations when the page was rendered; null where nobody said. */
  readonly stamp: string | null;
  subscribe(listener: () => void): () => void;
  get(slug: string, teamId: number | undefined): Asked | undefined;
  put(slug: string, teamId: number | undefined, asked: Asked): void;
  ask(slug: string, teamId: number | undefined): void;
  /** Counts a variant as seen, once per experiment and subject. */
  expose(answer: ExperimentAnswer): void;
  flush(): void;
}

const BATCH_MS = 50;

export function createStore(subject: string | null, stamp: string | null): ExperimentStore {
  const asked = new Map<string, Asked>();
  const listeners = new Set<() => void>();
  const seen = new Set<string>();
  const queue: (ExposureReport & { seenAt: number })[] = [];
  let misses: Promise<{ ask: ExperimentStore["ask"] }> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store: ExperimentStore = {
    subject,
    stamp,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: (slug, teamId) => asked.get(`${slug} ${teamId}`),
    put(slug, teamId, answer) {
      asked.set(`${slug} ${teamId}`, answer);
      for (const listener of listeners) listener();
    },
    ask(slug, teamId) {
      misses ??= import("../lib/client/misses").then(({ createMisses }) => createMisses(store));
      misses
        .then((loaded) => loaded.ask(slug, teamId))
        .catch((error: Error) => {
          misses = undefined;
          store.put(slug, teamId, error);
        });
    },
    expose(answer) {
      const id = `${answer.slug} ${answer.subject}`;
      if (seen.has(id)) return;
      seen.add(id);
      transport()?.onExposure?.(answer);
      enqueue([{ slug: answer.slug, ...claimsOf(answer), seenAt: performance.now() }]);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    flush,
  };
  return store;

  function enqueue(reports: typeof queue): void {
    queue.push(...reports);
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
  }

  // A page that is hidden may never be shown again: on phones that is how most pages end.
  function leave(): void {
    send(true);
  }

  function flush(): void {
    send(false);
  }

  function send(isLeaving: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", leave);
    const registered = transport();
    if (!registered) return;
    const now = performance.now();
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH_SIZE);
      const reports = batch.map(({ seenAt, ...report }) => ({ ...report, ageMs: now - seenAt }));
      // What failed goes along with the next exposure, or when the page is left.
      registered.sendExposures(reports, isLeaving).catch(() => enqueue(batch));
    }
  }
}
