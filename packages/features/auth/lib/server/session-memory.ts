const MAX_SESSIONS = 20_000;
/** While announcements arrive, reading again only makes up for one that was lost. */
const FRESH_WHEN_HEARING_MS = 5_000;
/** How late a node that hears nothing may be. */
const FRESH_WHEN_DEAF_MS = 500;

interface Known {
  userId: number;
  /** By the clock below; not above it where the session has ended, which is for good. */
  endsAt: number;
  readAt: number;
}

/** A look at the database; what is announced while it is under way may be newer than what it finds. */
export interface Reading {
  userId: number;
  isOvertaken: boolean;
}

/** What this node has read of sessions, bounded, and emptied by what is announced. */
export class SessionMemory {
  readonly #clock: () => number;
  readonly #known = new Map<string, Known>();
  readonly #readings = new Set<Reading>();
  #hearingSince: number | null = null;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Whether the session is valid; null where it has to be read. */
  recall(sessionId: string): boolean | null {
    const known = this.#known.get(sessionId);
    if (known === undefined) return null;
    const now = this.#clock();
    // One that has ended never begins again.
    if (known.endsAt <= now) return false;
    const isHeard = this.#hearingSince !== null && known.readAt >= this.#hearingSince;
    return now - known.readAt < (isHeard ? FRESH_WHEN_HEARING_MS : FRESH_WHEN_DEAF_MS) ? true : null;
  }

  /** Whether it was valid when it was read, not longer ago than that, and nothing else was announced since. */
  wasValid(sessionId: string, withinMs: number): boolean {
    const known = this.#known.get(sessionId);
    const now = this.#clock();
    return known !== undefined && known.endsAt > now && now - known.readAt <= withinMs;
  }

  begin(userId: number): Reading {
    const reading = { userId, isOvertaken: false };
    this.#readings.add(reading);
    return reading;
  }

  /** Keeps what was found. */
  end(reading: Reading, found: { sessionId: string; leftMs: number } | null): void {
    this.#readings.delete(reading);
    if (found === null || (reading.isOvertaken && found.leftMs > 0)) return;
    this.#known.delete(found.sessionId);
    if (this.#known.size >= MAX_SESSIONS) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    const now = this.#clock();
    this.#known.set(found.sessionId, {
      userId: reading.userId,
      endsAt: now + found.leftMs,
      readAt: now,
    });
  }

  /** Something of this person's sessions has changed. */
  forget(userId: number): void {
    for (const reading of this.#readings) if (reading.userId === userId) reading.isOvertaken = true;
    for (const [id, known] of this.#known) if (known.userId === userId) this.#known.delete(id);
  }

  /** From now on changes are announced; what was read before may have changed unheard. */
  hear(): void {
    this.#hearingSince ??= this.#clock();
  }

  /** Nothing is announced any more. */
  lose(): void {
    this.#hearingSince = null;
  }
}
