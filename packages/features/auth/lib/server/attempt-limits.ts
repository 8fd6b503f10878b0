import { createHash } from "node:crypto";
import { type Client, findNetwork } from "@calcom/lib/network";
import { outsideRequest } from "@calcom/lib/outside-request";
import { RateLimit } from "@calcom/lib/rate-limit";
import { sentence } from "@calcom/lib/sentence";
import { strike } from "@calcom/lib/strike";
import { AuthError } from "../../errors";

export interface Attempt {
  email: string;
  client: Client;
  /** Of a browser in which somebody has signed in to this account before. */
  device: string | null;
}

/** Every method throws AuthError `too_many_attempts`, with `details.retryAfterSeconds`. */
export interface AttemptLimits {
  /** Counts an attempt to sign in before the password is checked, so that parallel guesses count too. */
  countLogin(attempt: Attempt): Promise<void>;
  /** Takes back what `countLogin` counted: only failures should add up. */
  forgiveLogin(attempt: Attempt): Promise<void>;
  /** Counts a guess of the password of somebody who is signed in. */
  countPassword(userId: number): Promise<void>;
  forgivePassword(userId: number): Promise<void>;
  countSignup(client: Client): void;
  countReset(email: string, client: Client): void;
}

/** Counts that all nodes make together. */
export interface SharedAttempts {
  count(key: string): Promise<number | null>;
  forget(key: string): Promise<void>;
  sweep(): Promise<void>;
}

const QUARTER_HOUR_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;
const SWEEP_AFTER = 500;

/**
 * An account is counted by all nodes together, wherever its guesses come from; the browser that it knows is counted by
 * itself, so that no guesses of others keep the owner out. Clients are counted by each node, in memory: those behind
 * which many people may be are not, and cost no more than the queue of passwords allows.
 */
export function createAttemptLimits(attempts: SharedAttempts): AttemptLimits {
  const logins = new RateLimit({ points: 100, windowMs: QUARTER_HOUR_MS });
  const signups = new RateLimit({ points: 20, windowMs: HOUR_MS });
  const resets = new RateLimit({ points: 20, windowMs: HOUR_MS });
  const resetsOfOne = new RateLimit({ points: 3, windowMs: HOUR_MS });
  let counted = 0;

  async function count(limit: string, key: string): Promise<void> {
    if (++counted % SWEEP_AFTER === 0) void outsideRequest(() => attempts.sweep().catch(() => {}));
    const seconds = await attempts.count(key);
    if (seconds !== null) throw refused(limit, seconds);
  }

  function take(limit: string, counts: RateLimit, client: Client): void {
    const network = networkOf(client);
    if (network !== null && !counts.take(network)) throw refused(limit, counts.secondsLeft(), { network });
  }

  return {
    async countLogin(attempt) {
      if (attempt.device === null) take("auth.sign_in_client", logins, attempt.client);
      await count(attempt.device === null ? "auth.sign_in_account" : "auth.sign_in_device", keyOf(attempt));
    },
    async forgiveLogin(attempt) {
      const network = networkOf(attempt.client);
      if (attempt.device === null && network !== null) logins.giveBack(network);
      await attempts.forget(keyOf(attempt));
    },
    countPassword: (userId) => count("auth.password", `password:${userId}`),
    forgivePassword: (userId) => attempts.forget(`password:${userId}`),
    countSignup: (client) => take("auth.sign_up", signups, client),
    countReset(email, client) {
      take("auth.reset_client", resets, client);
      // Whether there is such an account makes no difference.
      if (!resetsOfOne.take(hash(email))) throw refused("auth.reset_account", resetsOfOne.secondsLeft());
    },
  };
}

function networkOf({ address, isShared }: Client): string | null {
  return address === null || isShared ? null : findNetwork(address);
}

function keyOf({ email, device }: Attempt): string {
  return device === null ? `account:${hash(email)}` : `device:${device}`;
}

/** So that the key has one length, and the table reveals nobody's address. */
function hash(email: string): string {
  return createHash("sha256").update(email).digest("base64url");
}

function refused(limit: string, retryAfterSeconds: number, facts?: Record<string, unknown>): AuthError {
  strike(limit, facts);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new AuthError(
    "too_many_attempts",
    minutes === 1
      ? "Too many attempts. Try again in a minute."
      : sentence("Too many attempts. Try again in {{minutes}} minutes.", { minutes }),
    { details: { retryAfterSeconds } },
  );
}
