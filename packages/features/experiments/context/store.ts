import type { ExperimentStore, Known } from "../lib/client/experiment-store";
import { transport } from "../lib/client/transport";
import type { ExperimentAnswer } from "../types";

const BATCH_MS = 50;
// A page that is hidden may never be shown again: on phones that is how most pages end.
const LEAVING = ["pagehide", "visibilitychange"];

export function createStore(subject: string | null, stamp: string | null): ExperimentStore {
  const asked = new Map<string, Known>();
  const listeners = new Set<() => void>();
  const seen = new Set<string>();
  const queue: { answer: ExperimentAnswer; seenAt: number }[] = [];
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
      enqueue([{ answer, seenAt: performance.now() }]);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    flush,
  };
  return store;

  function enqueue(more: typeof queue): void {
    queue.push(...more);
    for (const type of LEAVING) addEventListener(type, flush);
  }

  /** The timer and the provider call it without an event: the page lives on, and so may a request. */
  function flush(leaving?: unknown): void {
    clearTimeout(timer);
    timer = undefined;
    for (const type of LEAVING) removeEventListener(type, flush);
    const batch = queue.splice(0);
    const now = performance.now();
    if (!batch[0]) return;
    // What failed goes along with the next exposure, or when the page is left.
    transport()
      ?.sendExposures(
        batch.map(({ answer, seenAt }) => ({ answer, ageMs: now - seenAt })),
        Boolean(leaving),
      )
      .catch(() => enqueue(batch));
  }
}
