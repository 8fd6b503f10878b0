import type { ExperimentStore, Known } from "../lib/client/experiment-store";
import { exposures } from "../lib/client/exposures";

export function createStore(subject: string | null, stamp: string | null): ExperimentStore {
  const asked = new Map<string, Known>();
  const listeners = new Set<() => void>();
  const seen = new Set<string>();

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
      exposures.waiting.push({
        answer,
        get ageMs() {
          return performance.now() - seenAt;
        },
      });
      exposures.wake();
    },
  };
  return store;
}
