import { createHash } from "node:crypto";
import { outsideRequest } from "@calcom/lib/outside-request";
import { RateLimit } from "@calcom/lib/rate-limit";
import { sentence } from "@calcom/lib/sentence";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
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
  const account = limitOf(pool, "login-account", 10, QUARTER_HOUR_S);
  const address = limitOf(pool, "login-address", 100, QUARTER_HOUR_S);
  const signup = limitOf(pool, "signup-address", 20, HOUR_S);
  return {
    async countLogin(email, from) {
      if (from !== null) await consume(address, key(from));
      await consume(account, key(from, email));
    },
    async forgiveLogin(email, from) {
      if (from !== null) await forgive(address, key(from), "one");
      await forgive(account, key(from, email), "all");
    },
    async countSignup(from) {
      if (from !== null) await consume(signup, key(from));
    },
  };
}

/** What one key may do in a while: in Postgres, and in memory while that does not answer. */
interface Limit {
  shared: RateLimiterPostgres;
  own: RateLimit;
}

function limitOf(pool: Pool, keyPrefix: string, points: number, duration: number): Limit {
  // It clears what has expired by a timer.
  const shared = outsideRequest(
    () =>
      new RateLimiterPostgres({
        storeClient: pool,
        // Named explicitly: the default is guessed from the constructor's name, which a bundler may change.
        storeType: "pool",
        tableName: "RateLimit",
        tableCreated: true,
        keyPrefix,
        points,
        duration,
      }),
  );
  return { shared, own: new RateLimit({ points, windowMs: duration * 1_000 }) };
}

/** Takes back one attempt, or all of them. Only the memory is sure to be asked. */
async function forgive({ shared, own }: Limit, id: string, attempts: "one" | "all"): Promise<void> {
  if (attempts === "one") await shared.reward(id).catch(() => {});
  else {
    own.forget(id);
    await shared.delete(id).catch(() => {});
  }
}

async function consume({ shared, own }: Limit, id: string): Promise<void> {
  let retryAfterSeconds: number;
  try {
    await shared.consume(id);
    return;
  } catch (cause) {
    if (cause instanceof RateLimiterRes)
      retryAfterSeconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1_000));
    else if (own.take(id)) return;
    else retryAfterSeconds = own.secondsLeft();
  }
  const minutes = Math.ceil(retryAfterSeconds / 60);
  throw new AuthError(
    "too_many_attempts",
    minutes === 1
      ? "Too many attempts. Try again in a minute."
      : sentence("Too many attempts. Try again in {{minutes}} minutes.", { minutes }),
    { details: { retryAfterSeconds } },
  );
}

/** Hashed, so that the key always has one length and the table reveals nobody's address. */
function key(address: string | null, email = ""): string {
  return createHash("sha256")
    .update(`${address ?? ""}\n${email}`)
    .digest("base64url");
}
