import type { StoredExperiment } from "./compiled-experiments";

export interface ConfigSource {
  loadAll(): Promise<StoredExperiment[]>;
  loadMany(slugs: string[]): Promise<StoredExperiment[]>;
  versions(): Promise<Map<string, number>>;
  /** Changes with every change of any experiment. */
  changeCount(): Promise<string>;
}

export interface FeedEvents {
  onChange(slug: string): void;
  /** What is notified arrives: it was tried. Called again each time that it was. */
  onHearing(): void;
  /** Called once, however it ends. `retryAfterMs` says how long it would end the same way. */
  onLost(cause: unknown, retryAfterMs?: number): void;
}

/** Something of the host's that its nodes announce to each other. */
export interface FurtherChannel {
  /** A plain name, as it stands behind LISTEN. */
  channel: string;
  onNotice(payload: string): void;
  /** What is notified arrives, from now on or still. */
  onHearing(): void;
  /** Nothing arrives any more, until `onHearing`. */
  onLost(): void;
}

/** Notifies of changes as they are committed. */
export interface ChangeFeed {
  /** Resolves as soon as it listens, which does not mean that it hears. */
  open(events: FeedEvents): Promise<void>;
  close(): Promise<void>;
}

export interface CacheLog {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}
