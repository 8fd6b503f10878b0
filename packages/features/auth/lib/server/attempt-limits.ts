import { createHash } from "node:crypto";
import { sentence } from "@calcom/lib/sentence";
import type { Pool } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AuthError } from "../../errors";

export interface AttemptLimits {
  /** Counts an attempt to sign in before the password is checked, so that parallel guesses count too. */
  countLogin(email: string, address: string | null): Promise<void>;
  /** Takes back what `countLogin` counted: only failures should add up. */
  forgiveLogin(email: string, address: string | null): Promise<void>;
  countSignup(address: string | null): Promise<void>;
}

const QUARTER_HOUR_S = 15 * 60;
const HOUR_S = 60 * 60;

/**
 * Counts in Postgres, so that all nodes count together, and in this process's memory while Postgres cannot be asked.
 * An unknown address (no trusted proxy names one) is counted per account alone.
 *
 * @throws AuthError `too_many_attempts`, with `details.retryAfterSeconds`
 */
export function postgresAttemptLimits(pool: Pool): AttemptLimits {
  const account = limiter(pool, "login-account", 10, QUARTER_HOUR_S);
  const address = limiter(pool, "login-address", 100, QUARTER_HOUR_S);
  const signup = limiter(pool, "signup-address", 20, HOUR_S);
  return {
    async countLogin(email, from) {
      if (from !== null) await consume(address, key(from));
      await consume(account, key(from, email));
    },
    async forgiveLogin(email, from) {
      if (from !== null) await address.reward(key(from));
      await account.delete(key(from, email));
    },
    async countSignup(from) {
      if (from !== null) await consume(signup, key(from));
    },
  };
}

function limiter(pool: Pool, keyPrefix: string, points: number, duration: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    // Named explicitly: the default is guessed from the constructor's name, which a bundler may change.
    storeType: "pool",
    tableName: "RateLimit",
    tableCreated: true,
    keyPrefix,
    points,
    duration,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
  });
}

async function consume(limit: RateLimiterPostgres, id: string): Promise<void> {
  try {
    await limit.consume(id);
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    const retryAfterSeconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1_000));
    const minutes = Math.ceil(retryAfterSeconds / 60);
    throw new AuthError(
      "too_many_attempts",
      minutes === 1
        ? "Too many attempts. Try again in a minute."
        : sentence("Too many attempts. Try again in {{minutes}} minutes.", { minutes }),
      { details: { retryAfterSeconds } },
    );
  }
}

/** Hashed, so that the key always has one length and the table reveals nobody's address. */
function key(address: string | null, email = ""): string {
  return createHash("sha256")
    .update(`${address ?? ""}\n${email}`)
    .digest("base64url");
}
