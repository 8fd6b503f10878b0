import { later } from "@calcom/lib/outside-request";
import type { CompiledExperiment } from "../../utils/compile";
import { CompiledExperiments } from "./compiled-experiments";
import type { CacheLog, ChangeFeed, ConfigSource } from "./ports";

/** While notifications arrive, a poll only makes up for one that was lost. */
const POLL_WHEN_HEARING_MS = 5_000;
/** How stale a node can be while it hears nothing. */
const POLL_WHEN_DEAF_MS = 500;
const CANNOT_LISTEN = "Cannot listen for changes of experiments: polling for them until it works again.";
const CANNOT_LOOK =
  "Cannot look for changes of experiments: those that are known serve until it works again.";

/**
 * Holds every experiment of the database, compiled, in the memory of this node. The node that makes a change sees it at
 * once. Other nodes see it within a second, by notification, or by polling while nothing can be heard. Without a feed,
 * as in a job, no timer runs: whoever asks half a second after the last look has it look again.
 */
export class ConfigCache {
  readonly #source: ConfigSource;
  readonly #feed: ChangeFeed | null;
  readonly #log: CacheLog;
  readonly #experiments = new CompiledExperiments();
  #loading: Promise<void> | null = null;
  #isLoaded = false;
  #isListening = false;
  #isHearing = false;
  #listening: Promise<void> | null = null;
  #listenAgainAt = 0;
  #looking: Promise<void> | null = null;
  #lookedAt = 0;
  #wasLossLogged = false;
  #lastCount: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #announced = new Set<string>();
  #reading: Promise<void> | null = null;

  constructor(source: ConfigSource, feed: ChangeFeed | null, log: CacheLog) {
    this.#source = source;
    this.#feed = feed;
    this.#log = log;
  }

  async get(slug: string): Promise<CompiledExperiment | null> {
    if (!this.#isFresh()) await this.#freshen();
    return this.#experiments.get(slug);
  }

  /** Whether this node has it in memory, however fresh that is. */
  knows(slug: string): boolean {
    return this.#experiments.get(slug) !== null;
  }

  /** Answers several in their order, with one promise. */
  async getMany(slugs: string[]): Promise<(CompiledExperiment | null)[]> {
    if (!this.#isFresh()) await this.#freshen();
    return slugs.map((slug) => this.#experiments.get(slug));
  }

  async all(): Promise<CompiledExperiment[]> {
    if (!this.#isFresh()) await this.#freshen();
    return this.#experiments.all();
  }

  /** Identifies the state of all experiments; equal on all nodes that have seen the same changes. */
  async stamp(): Promise<string> {
    if (!this.#isFresh()) await this.#freshen();
    return this.#experiments.stamp();
  }

  /** Reads experiments again. A node calls it for its own changes, so that it obeys them at once. */
  async refresh(slugs: string[]): Promise<void> {
    // What is being loaded may have been read before the change.
    if (this.#loading !== null) await this.#loading.catch(() => {});
    if (!this.#isLoaded) return;
    const rows = await this.#source.loadMany(slugs);
    const found = new Map(rows.map((row) => [row.slug, row]));
    for (const slug of slugs) {
      const row = found.get(slug);
      if (row === undefined) this.#experiments.remove(slug);
      else this.#experiments.put(row);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#feed?.close();
  }

  #loadOnce(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  #isFresh(): boolean {
    if (this.#feed !== null) return this.#isLoaded;
    return this.#isLoaded && performance.now() - this.#lookedAt < POLL_WHEN_DEAF_MS;
  }

  async #freshen(): Promise<void> {
    if (!this.#isLoaded) return this.#loadOnce();
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  /** Listens before it reads, so that no change is missed in between: what is announced meanwhile is read afterwards. */
  async #load(): Promise<void> {
    await this.#listen();
    const count = await this.#source.changeCount();
    const rows = await this.#source.loadAll();
    for (const row of rows) this.#experiments.put(row);
    this.#lastCount = count;
    this.#lookedAt = performance.now();
    this.#isLoaded = true;
    this.#schedulePoll();
  }

  #listen(): Promise<void> {
    if (this.#feed === null || this.#isListening || performance.now() < this.#listenAgainAt)
      return Promise.resolve();
    this.#listening ??= this.#open(this.#feed).finally(() => {
      this.#listening = null;
    });
    return this.#listening;
  }

  async #open(feed: ChangeFeed): Promise<void> {
    this.#isListening = true;
    try {
      await feed.open({
        onChange: (slug) => this.#announce(slug),
        onHearing: () => this.#onHearing(),
        onLost: (cause, retryAfterMs) => this.#onLost(cause, retryAfterMs),
      });
    } catch (cause) {
      this.#onLost(cause);
    }
  }

  #onHearing(): void {
    this.#isHearing = true;
    if (this.#wasLossLogged) this.#log.info("Listening for changes of experiments again.");
    this.#wasLossLogged = false;
  }

  /** A bulk change announces every row. Announcements that arrive during a read are gathered for the next one. */
  #announce(slug: string): void {
    this.#announced.add(slug);
    this.#reading ??= this.#readAnnounced().finally(() => {
      this.#reading = null;
    });
  }

  async #readAnnounced(): Promise<void> {
    while (this.#announced.size > 0) {
      const slugs = [...this.#announced];
      this.#announced.clear();
      await this.refresh(slugs).catch(() => this.#forgetCount());
    }
  }

  #onLost(cause: unknown, retryAfterMs = 0): void {
    this.#isListening = false;
    this.#isHearing = false;
    this.#listenAgainAt = performance.now() + retryAfterMs;
    if (this.#isClosed) return;
    if (!this.#wasLossLogged) this.#log.warn(this.#feed === null ? CANNOT_LOOK : CANNOT_LISTEN, { cause });
    this.#wasLossLogged = true;
    if (this.#isLoaded) this.#schedulePoll();
  }

  #forgetCount(): void {
    this.#lastCount = null;
  }

  #schedulePoll(): void {
    if (this.#isClosed || this.#feed === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = later(
      () => void this.#poll().finally(() => this.#schedulePoll()),
      this.#isHearing ? POLL_WHEN_HEARING_MS : POLL_WHEN_DEAF_MS,
    );
  }

  async #poll(): Promise<void> {
    // Not waited for: a poll is what makes up for a connection that takes its time.
    void this.#listen();
    await this.#look();
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now();
    try {
      const count = await this.#source.changeCount();
      if (count !== this.#lastCount)
        await this.refresh(this.#experiments.differingFrom(await this.#source.versions()));
      this.#lastCount = count;
      if (this.#feed === null) this.#wasLossLogged = false;
    } catch (cause) {
      // What is in memory still serves, and the next poll tries again.
      this.#onLost(cause);
    }
  }
}
