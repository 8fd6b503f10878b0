import { createHash } from "node:crypto";
import { type CompiledExperiment, compileExperiment } from "../../utils/compile";
import { readStoredConfig, type StoredFeature } from "../../utils/stored-config";

export interface StoredExperiment extends StoredFeature {
  version: number;
}

export interface ConfigSource {
  loadAll(): Promise<StoredExperiment[]>;
  loadMany(slugs: string[]): Promise<StoredExperiment[]>;
  versions(): Promise<Map<string, number>>;
  /** Counts every change of any experiment. */
  changeCount(): Promise<string>;
}

/** Tells of changes as they are committed. */
export interface ChangeFeed {
  /** Resolves once it listens. `onLost` is called once, however the connection ends. */
  open(onChange: (slug: string) => void, onLost: (cause: unknown) => void): Promise<void>;
  close(): Promise<void>;
}

export interface CacheLog {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

/** While notifications arrive, a poll only guards against one that was lost on the way. */
const POLL_WHEN_LISTENING_MS = 5_000;
/** The bound on how stale a node can be while it cannot listen. */
const POLL_WHEN_DEAF_MS = 500;

/**
 * Every experiment of the database, compiled, in the memory of this node. A change is seen at once where it
 * was made and within a second elsewhere, by notification; when the listening connection is lost, by poll.
 */
export class ConfigCache {
  readonly #source: ConfigSource;
  readonly #feed: ChangeFeed;
  readonly #log: CacheLog;
  #entries = new Map<string, Entry>();
  #loading: Promise<void> | null = null;
  #isLoaded = false;
  #isListening = false;
  #wasLossLogged = false;
  #lastCount: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #stamp: string | null = null;
  #announced = new Set<string>();
  #reading: Promise<void> | null = null;

  constructor(source: ConfigSource, feed: ChangeFeed, log: CacheLog) {
    this.#source = source;
    this.#feed = feed;
    this.#log = log;
  }

  async get(slug: string): Promise<CompiledExperiment | null> {
    if (!this.#isLoaded) await this.#loadOnce();
    return this.#entries.get(slug)?.compiled() ?? null;
  }

  /** The same for several, in their order, and for one promise. */
  async getMany(slugs: string[]): Promise<(CompiledExperiment | null)[]> {
    if (!this.#isLoaded) await this.#loadOnce();
    return slugs.map((slug) => this.#entries.get(slug)?.compiled() ?? null);
  }

  async all(): Promise<CompiledExperiment[]> {
    if (!this.#isLoaded) await this.#loadOnce();
    return [...this.#entries.values()].flatMap((entry) => entry.compiled() ?? []);
  }

  /** Changes with every change of any experiment; the same on all nodes that have seen the same changes. */
  async stamp(): Promise<string> {
    if (!this.#isLoaded) await this.#loadOnce();
    this.#stamp ??= stampOf(this.#entries);
    return this.#stamp;
  }

  /** Reads experiments again; a node calls it for its own changes, so that it obeys them at once. */
  async refresh(slugs: string[]): Promise<void> {
    if (!this.#isLoaded) return;
    const rows = await this.#source.loadMany(slugs);
    const found = new Map(rows.map((row) => [row.slug, row]));
    for (const slug of slugs) {
      const row = found.get(slug);
      if (row === undefined) this.#remove(slug);
      else this.#put(row);
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

  /** Listens before it reads, so that no change falls in between. */
  async #load(): Promise<void> {
    if (!this.#isListening) await this.#listen();
    const count = await this.#source.changeCount();
    const rows = await this.#source.loadAll();
    for (const row of rows) this.#put(row);
    this.#lastCount = count;
    this.#isLoaded = true;
    this.#schedulePoll();
  }

  #put(row: StoredExperiment): void {
    const known = this.#entries.get(row.slug);
    // Reads can overtake each other: an older one never replaces a newer one.
    if (known !== undefined && known.version >= row.version) return;
    this.#entries.set(row.slug, new Entry(row));
    this.#stamp = null;
  }

  #remove(slug: string): void {
    this.#entries.delete(slug);
    this.#stamp = null;
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

  /** A bulk change announces each row: what comes while one read is under way is read together after it. */
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
      const versions = await this.#source.versions();
      const changed = [...versions].filter(([slug, version]) => this.#entries.get(slug)?.version !== version);
      const gone = [...this.#entries.keys()].filter((slug) => !versions.has(slug));
      await this.refresh([...changed.map(([slug]) => slug), ...gone]);
      this.#lastCount = count;
    } catch (cause) {
      // What is known still serves; the next poll tries again.
      this.#onLost(cause);
    }
  }
}

function stampOf(entries: ReadonlyMap<string, Entry>): string {
  const versions = [...entries].map(([slug, { version }]) => `${slug}:${version}`).sort();
  return createHash("sha256").update(versions.join()).digest("base64url").slice(0, 16);
}

/** Compiled at first use: a node may hold thousands of experiments and decide a dozen. */
class Entry {
  readonly version: number;
  readonly #row: StoredExperiment;
  #compiled: CompiledExperiment | null | undefined;

  constructor(row: StoredExperiment) {
    this.#row = row;
    this.version = row.version;
  }

  compiled(): CompiledExperiment | null {
    if (this.#compiled === undefined) {
      const stored = readStoredConfig(this.#row);
      this.#compiled = stored.ok ? compileExperiment(this.#row.slug, this.#row.version, stored.config) : null;
    }
    return this.#compiled;
  }
}
