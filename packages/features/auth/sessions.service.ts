import type { AppError } from "@calcom/lib/errors";
import { outsideRequest } from "@calcom/lib/outside-request";
import { SharedRuns } from "@calcom/lib/shared-runs";
import { isDatabaseAway } from "@calcom/lib/sql";
import { lateFor, within } from "@calcom/lib/within";
import { AuthError } from "./errors";
import type { SessionMemory } from "./lib/server/session-memory";
import type { OldToken, StoredSession } from "./sessions.repository";
import type { SessionClaims } from "./utils/session-claims";

export interface StoredSessions {
  find(sessionId: string, userId: number): Promise<StoredSession | null>;
  adopt(token: OldToken): Promise<void>;
  touch(sessionId: string): Promise<void>;
  revoke(sessionId: string, userId: number): Promise<void>;
  revokeAll(userId: number, exceptId: string | null): Promise<void>;
  countOpen(userId: number): Promise<number>;
}

export interface SessionsParts {
  repository: StoredSessions;
  memory: SessionMemory;
  /** The longest that a request waits to hear whether its session is valid. */
  budgetMs: () => number;
}

export interface CheckOptions {
  /**
   * While the database does not answer, a session that was valid so many milliseconds ago passes: for what only reads.
   */
  tolerateMs?: number;
}

/** Decides whether a token's session is still one. Every door asks here. */
export class SessionsService {
  readonly #parts: SessionsParts;
  readonly #looks = new SharedRuns<boolean>();

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** @throws AuthError `unavailable` where it cannot be known now */
  async isValid(claims: SessionClaims, { tolerateMs = 0 }: CheckOptions = {}): Promise<boolean> {
    const { memory, budgetMs } = this.#parts;
    const known = memory.recall(claims.sessionId);
    if (known !== null) return known;
    try {
      return await within(budgetMs(), this.#readOnce(claims), lateFor("The session"));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (tolerateMs > 0 && memory.wasValid(claims.sessionId, tolerateMs)) return true;
      throw unavailable(error);
    }
  }

  /** Ends one session. Resolves when it is stored. */
  async end({ sessionId, userId, issuedAt }: SessionClaims): Promise<void> {
    const { repository } = this.#parts;
    await this.#change(userId, async () => {
      if (issuedAt !== null) await repository.adopt({ sessionId, userId, issuedAt });
      await repository.revoke(sessionId, userId);
    });
  }

  /** Ends all of a person's sessions but that one. */
  async endAll(userId: number, exceptId: string | null = null): Promise<void> {
    await this.#change(userId, () => this.#parts.repository.revokeAll(userId, exceptId));
  }

  /** Something of the person's sessions has changed. Who asks from now on is not told what was read before. */
  forget(userId: number): void {
    this.#parts.memory.forget(userId);
    this.#looks.forget();
  }

  countOpen(userId: number): Promise<number> {
    return this.#parts.repository.countOpen(userId);
  }

  async #change(userId: number, change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      throw isDatabaseAway(error) ? unavailable(error) : error;
    } finally {
      this.forget(userId);
    }
  }

  /** All who ask at once for one session share one look. */
  #readOnce(claims: SessionClaims): Promise<boolean> {
    // It may outlast the request that asked first.
    return this.#looks.share(claims.sessionId, () => outsideRequest(() => this.#read(claims)));
  }

  async #read({ sessionId, userId, issuedAt }: SessionClaims): Promise<boolean> {
    const { repository, memory } = this.#parts;
    const reading = memory.begin(userId);
    let found: { sessionId: string; leftMs: number } | null = null;
    try {
      let stored = await repository.find(sessionId, userId);
      if (stored === null && issuedAt !== null) {
        await repository.adopt({ sessionId, userId, issuedAt });
        stored = await repository.find(sessionId, userId);
      }
      found = { sessionId, leftMs: stored?.leftMs ?? 0 };
      if (stored?.isUnseen && found.leftMs > 0) void repository.touch(sessionId).catch(() => {});
      return found.leftMs > 0;
    } finally {
      memory.end(reading, found);
    }
  }
}

function unavailable(cause: unknown): AppError {
  return new AuthError("unavailable", "The database isn’t responding. Try again in a moment.", { cause });
}
