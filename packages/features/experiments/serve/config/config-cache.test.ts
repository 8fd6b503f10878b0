import { describe, expect, test, vi } from "vitest";
import type { StoredExperiment } from "./compiled-experiments";
import { ConfigCache } from "./config-cache";
import type { ChangeFeed, ConfigSource, FeedEvents } from "./ports";

const slug = "upgrade-button";
const at = (version: number, enabled: boolean): StoredExperiment => ({
  slug,
  enabled,
  metadata: null,
  version,
});
const log = { info: vi.fn(), warn: vi.fn() };

/** A database whose first read of everything answers when told to, with what it held at its beginning. */
function aDatabase() {
  let stored = at(1, true);
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const source: ConfigSource = {
    async loadAll() {
      const seen = stored;
      await isAnswered;
      return [seen];
    },
    loadMany: async () => [stored],
    versions: async () => new Map([[slug, stored.version]]),
    changeCount: async () => String(stored.version),
  };
  const change = () => {
    stored = at(2, false);
  };
  return { source, answer, change };
}

function aFeed() {
  let open: (events: FeedEvents) => void = () => {};
  const opened = new Promise<FeedEvents>((resolve) => {
    open = resolve;
  });
  const feed: ChangeFeed = { open: async (events) => open(events), close: async () => {} };
  return { feed, opened };
}

describe("a change that comes while configurations are read for the first time", () => {
  test("is obeyed at once where it was announced", async () => {
    const { source, answer, change } = aDatabase();
    const { feed, opened } = aFeed();
    const cache = new ConfigCache(source, feed, log);
    const first = cache.get(slug);
    const { onChange } = await opened;
    await Promise.resolve();
    change();
    onChange(slug);
    answer();
    await first;
    await vi.waitFor(async () => expect((await cache.get(slug))?.status).toBe("draft"), { timeout: 20_000 });
    await cache.close();
  });

  test("is obeyed when its own node has made it, before that is answered", async () => {
    const { source, answer, change } = aDatabase();
    const { feed, opened } = aFeed();
    const cache = new ConfigCache(source, feed, log);
    const first = cache.get(slug);
    await opened;
    await Promise.resolve();
    change();
    const refreshed = cache.refresh([slug]);
    answer();
    await Promise.all([first, refreshed]);
    expect((await cache.get(slug))?.status).toBe("draft");
    await cache.close();
  });
});

describe("without a feed", () => {
  test("no timer runs, and who asks half a second later sees the change", async () => {
    vi.useFakeTimers();
    const { source, answer, change } = aDatabase();
    answer();
    const cache = new ConfigCache(source, null, log);
    expect((await cache.get(slug))?.status).toBe("running");
    expect(vi.getTimerCount()).toBe(0);
    change();
    expect((await cache.get(slug))?.status).toBe("running");
    vi.advanceTimersByTime(500);
    expect((await cache.get(slug))?.status).toBe("draft");
    vi.useRealTimers();
  });
});
