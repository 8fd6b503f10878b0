import type { ExperimentStore } from "../../context/store";
import { readCache, writeCache } from "./answer-cache";
import { BATCH_SIZE, type Miss, transport } from "./transport";

/** Asks for what no provider named: each once, all of one moment in one request. Loaded with the first miss. */
export function createMisses(store: ExperimentStore): Pick<ExperimentStore, "ask"> {
  const waiting = new Map<string, Miss>();
  const underWay = new Set<string>();

  return {
    ask(slug, teamId) {
      const miss = teamId === undefined ? { slug } : { slug, teamId };
      const key = keyOf(miss);
      const known = store.get(slug, teamId);
      // An error is asked again by whoever mounts next; everything else stands until the page is left.
      if ((known && !(known instanceof Error)) || waiting.has(key) || underWay.has(key)) return;
      const cached = readCache(store, key);
      if (cached) return store.put(slug, teamId, cached);
      // A macrotask gathers every component that mounts in the same commit.
      if (waiting.size === 0) setTimeout(sendAll);
      waiting.set(key, miss);
    },
  };

  function sendAll(): void {
    const misses = [...waiting.values()];
    waiting.clear();
    for (let start = 0; start < misses.length; start += BATCH_SIZE)
      void send(misses.slice(start, start + BATCH_SIZE));
  }

  async function send(misses: Miss[]): Promise<void> {
    for (const miss of misses) underWay.add(keyOf(miss));
    try {
      const registered = transport();
      if (!registered)
        throw new Error("No experiment transport is registered: call registerExperimentTransport first.");
      const answers = await registered.fetchMisses(misses);
      misses.forEach((miss, index) => {
        const answer = answers[index] ?? new Error(`The server sent no answer for ${miss.slug}.`);
        store.put(miss.slug, miss.teamId, answer);
        if (!(answer instanceof Error)) writeCache(store, keyOf(miss), answer);
      });
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const isRefused = "code" in error && error.code === "claim_refused";
      // One foreign team must not cost the others their answers.
      if (isRefused && misses.length > 1) await Promise.all(misses.map((miss) => send([miss])));
      else for (const { slug, teamId } of misses) store.put(slug, teamId, isRefused ? "refused" : error);
    } finally {
      for (const miss of misses) underWay.delete(keyOf(miss));
    }
  }
}

function keyOf({ slug, teamId }: Miss): string {
  return `${slug} ${teamId}`;
}
