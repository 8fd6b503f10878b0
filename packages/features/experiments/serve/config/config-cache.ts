import type { CompiledExperiment } from "../../utils/compile";
import { CompiledExperiments, type StoredExperiment } from "./compiled-experiments";

export interface ConfigSource {
  loadAll(): Promise<StoredExperiment[]>;
  loadMany(slugs: string[]): Promise<StoredExperiment[]>;
  versions(): Promise<Map<string, number>>;
  /** Changes with every change of any experiment. */
  changeCount(): Promise<string>;
}

/** Notifies of changes as they are committed. */
export interface ChangeFeed {
  /** Resolves as soon as it listens. `onLost` is called once, however the connection ends. */
  open(onChange: (slug: string) => void, onLost: (cause: unknown) => void): Promise<void>;
  close(): Promise<void>;
}

export interface CacheLog {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

/** While notifications arrive, a poll only makes up for one that was lost. */
const POLL_WHEN_LISTENING_MS = 5_000;
/** How stale a node can be while it cannot listen. */
const POLL_WHEN_DEAF_MS = 500;

/**
 * Holds every experiment of the database, compiled, in the memory of this node. The node that makes a change sees it at
 * once. Other nodes see it within a second, by notification, or by polling while the listening connection is lost.
 */
export class ConfigCache {
  readonly #source: ConfigSource;
  readonly #feed: ChangeFeed;
  readonly #log: CacheLog;
  readonly #experiments = new CompiledExperiments();
  #loading: Promise<void> | null = null;
  #isLoaded = false;
  #isListening = false;
  #wasLossLogged = false;
  #lastCount: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #announced = new Set<string>();
  #reading: Promise<void> | null = null;

  constructor(source: ConfigSource, feed: ChangeFeed, log: CacheLog) {
    this.#source = source;
    this.#feed = feed;
    this.#log = log;
  }

  async get(slug: string): Promise<CompiledExperiment | null> {
    if (!this.#isLoaded) await this.#loadOnce();
    return this.#experiments.get(slug);
  }

  /** Answers several in their order, with one promise. */
  async getMany(slugs: string[]): Promise<(CompiledExperiment | null)[]> {
    if (!this.#isLoaded) await this.#loadOnce();
    return slugs.map((slug) => this.#experiments.get(slug));
  }

  async all(): Promise<CompiledExperiment[]> {
    if (!this.#isLoaded) await this.#loadOnce();
    return this.#experiments.all();
  }

  /** Identifies the state of all experiments; equal on all nodes that have seen the same changes. */
  async stamp(): Promise<string> {
    if (!this.#isLoaded) await this.#loadOnce();
    return this.#experiments.stamp();
  }

  /** Reads experiments again. A node calls it for its own changes, so that it obeys them at once. */
  async refresh(slugs: string[]): Promise<void> {
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
    await this.#feed.close();
  }

  #loadOnce(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Listens before it reads, so that no change is missed in between. */
  async #load(): Promise<void> {
    if (!this.#isListening) await this.#listen();
    const count = await this.#source.changeCount();
    const rows = await this.#source.loadAll();
    for (const row of rows) this.#experiments.put(row);
    this.#lastCount = count;
    this.#isLoaded = true;
    this.#schedulePoll();
  }

  async #listen(): Promise<void> {
    try {
      await this.#feed.open(
        (slug) => this.#announce(slug),
        (cause) => this.#onLost(cause),
      );
      this.#isListening = true;
      if (this.#wasLossLogged) this.#log.info("Listening for changes of experiments again.");
      this.#wasLossLogged = false;
    } catch (cause) {
      this.#onLost(cause);
    }
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

  #onLost(cause: unknown): void {
    this.#isListening = false;
    if (this.#isClosed) return;
    if (!this.#wasLossLogged)
      this.#log.warn("Cannot listen for changes of experiments: polling for them until it works again.", {
        cause,
      });
    this.#wasLossLogged = true;
    if (this.#isLoaded) this.#schedulePoll();
  }

  #forgetCount(): void {
    this.#lastCount = null;
  }

  #schedulePoll(): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#poll().finally(() => this.#schedulePoll()),
      this.#isListening ? POLL_WHEN_LISTENING_MS : POLL_WHEN_DEAF_MS,
    );
    this.#timer.unref();
  }

  async #poll(): Promise<void> {
    if (!this.#isListening) await this.#listen();
    try {
      const count = await this.#source.changeCount();
      if (count === this.#lastCount) return;
      await this.refresh(this.#experiments.differingFrom(await this.#source.versions()));
      this.#lastCount = count;
    } catch (cause) {
      // What is in memory still serves, and the next poll tries again.
      this.#onLost(cause);
    }
  }
}
