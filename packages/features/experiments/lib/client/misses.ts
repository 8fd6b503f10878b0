import type { HostId } from "../../types/host-id";
import { readCache, writeCache } from "./answer-cache";
import type { ExperimentStore } from "./experiment-store";
import { type Miss, transport } from "./transport";

// One queue per store: requests of different subjects must not mix.
const asking = new WeakMap<ExperimentStore, { waiting: Map<string, Miss>; underWay: Set<string> }>();

/** Requests experiments that no provider named: each slug once, in batches. Loaded with the first miss. */
export function ask(store: ExperimentStore, slug: string, teamId: HostId | undefined): void {
  const { waiting, underWay } = asking.get(store) ?? { waiting: new Map(), underWay: new Set() };
  asking.set(store, { waiting, underWay });
  const miss = teamId === undefined ? { slug } : { slug, teamId };
  const key = buildMissKey(miss);
  const known = store.get(slug, teamId);
  // After an error the next component that mounts asks again. Everything else stays until the page is left.
  if ((known && !known.error) || waiting.has(key) || underWay.has(key)) return;
  const cached = readCache(store, key);
  if (cached) {
    store.put(slug, teamId, cached);
    return;
  }
  waiting.set(key, miss);
  if (waiting.size > 1) return;
  // A macrotask: batches all components that mount in the same commit.
  setTimeout(async () => {
    const misses = [...waiting.values()];
    waiting.clear();
    for (const each of misses) underWay.add(buildMissKey(each));
    await fetchInto(store, misses);
    for (const each of misses) underWay.delete(buildMissKey(each));
  });
}

async function fetchInto(store: ExperimentStore, misses: Miss[]): Promise<void> {
  try {
    const registered = transport() ?? (await import("./mount-transport")).mountTransport();
    const answers = await registered.fetchMisses(misses);
    misses.forEach((miss, index) => {
      const answer = answers[index];
      if (answer) writeCache(store, buildMissKey(miss), answer);
      store.put(
        miss.slug,
        miss.teamId,
        answer ?? { error: new Error(`The server sent no answer for ${miss.slug}.`) },
      );
    });
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const isRefused = "code" in error && error.code === "claim_refused";
    // One refused team must not fail the other requests.
    if (isRefused && misses.length > 1) await Promise.all(misses.map((miss) => fetchInto(store, [miss])));
    else for (const { slug, teamId } of misses) store.put(slug, teamId, { error: isRefused ? null : error });
  }
}

function buildMissKey({ slug, teamId }: Miss): string {
  return `${slug} ${teamId}`;
}
