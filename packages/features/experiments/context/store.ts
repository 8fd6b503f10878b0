import type { ExperimentStore, Known } from "../lib/client/experiment-store";
import { type SeenVariant, transport } from "../lib/client/transport";

export function createStore(subject: string | null, stamp: string | null): ExperimentStore {
  const asked = new Map<string, Known>();
  const listeners = new Set<() => void>();
  const seen = new Set<string>();
  const queue: SeenVariant[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store: ExperimentStore = {
    subject,
    stamp,
    seen,
    asked,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: (slug, teamId) => asked.get(`${slug} ${teamId}`),
    put(slug, teamId, known) {
      asked.set(`${slug} ${teamId}`, known);
      for (const listener of listeners) listener();
    },
    ask(slug, teamId) {
      import("../lib/client/misses")
        .then(({ ask }) => ask(store, slug, teamId))
        .catch((error) => store.put(slug, teamId, { error }));
    },
    expose(answer) {
      const id = `${answer.slug} ${answer.subject}`;
      if (seen.has(id)) return;
      seen.add(id);
      const seenAt = performance.now();
      // As old as it is when it is sent, however often that is tried.
      enqueue({
        answer,
        get ageMs() {
          return performance.now() - seenAt;
        },
      });
      // Exposures within these milliseconds are sent together.
      timer ??= setTimeout(flush, 50);
    },
    flush,
  };
  return store;

  function enqueue(...more: SeenVariant[]): void {
    queue.push(...more);
    // Until the page is hidden for the first time: with nothing in the queue it does nothing.
    addEventListener("pagehide", flush, { once: true });
    // A page that is hidden may never be shown again: on phones that is how most pages end.
    addEventListener("visibilitychange", flush, { once: true });
  }

  /** The timer and the provider call it without an event: the page lives on, and so may a request. */
  function flush(leaving?: unknown): void {
    timer = void clearTimeout(timer);
    const batch = queue.splice(0);
    // Reports that failed are sent again with the next exposure, or when the page is left.
    if (batch[0])
      transport()
        ?.sendExposures(batch, Boolean(leaving))
        .catch(() => enqueue(...batch));
  }
}
