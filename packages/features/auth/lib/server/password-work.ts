import { availableParallelism } from "node:os";
import { BoundedQueue, isQueueFull, type Turn } from "@calcom/lib/bounded-queue";
import { type Client, findNetwork } from "@calcom/lib/network";
import { later } from "@calcom/lib/outside-request";
import { strike } from "@calcom/lib/strike";
import { AuthError } from "../../errors";

/** Whoever asks from outside for a password to be hashed. */
export interface Asker {
  client: Client;
  /** Has signed in to this account at this browser before. */
  isKnown: boolean;
}

// Node does such work on four threads, and files, names and the first words to a database wait for the same. One core
// is left for pages.
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));
/** Some five seconds, of a fifth of a second each. */
const MAX_WAITING = 20;
const MAX_WAITING_OF_ONE = 5;
const RETRY_AFTER_SECONDS = 5;
/** A client that tries again as soon as it is refused does so once a second at most, which leaves time for pages. */
const REFUSED_AFTER_MS = 1_000;
/** Refusals that wait at the same time. Any more are sent at once. */
const MOST_KEPT = 200;
let kept = 0;

// Pages and routes each have an instance of this module, and the process one set of threads.
const shared = globalThis as typeof globalThis & { calcomPasswordWork?: BoundedQueue };
shared.calcomPasswordWork ??= new BoundedQueue({
  concurrency: AT_ONCE,
  maxWaiting: MAX_WAITING,
  maxWaitingOfOne: MAX_WAITING_OF_ONE,
});
const queue = shared.calcomPasswordWork;

/**
 * Does the work in its turn.
 *
 * @throws AuthError `too_busy`
 */
export async function inTurn<Result>(work: () => Promise<Result>, asker: Asker): Promise<Result> {
  try {
    return await queue.run(work, turnOf(asker));
  } catch (error) {
    throw isQueueFull(error) ? await refuse() : error;
  }
}

/**
 * Refuses before anything is asked of the database.
 *
 * @throws AuthError `too_busy`
 */
export async function requireRoom(asker: Asker): Promise<void> {
  if (queue.isFull(turnOf(asker))) throw await refuse();
}

function turnOf({ client: { address, isShared }, isKnown }: Asker): Turn {
  return { client: address === null || isShared ? null : findNetwork(address), isPreferred: isKnown };
}

async function refuse(): Promise<AuthError> {
  strike("auth.passwords_at_once");
  if (kept < MOST_KEPT) {
    kept += 1;
    await new Promise<void>((resolve) => void later(resolve, REFUSED_AFTER_MS));
    kept -= 1;
  }
  return new AuthError("too_busy", "Too many people are signing in right now. Try again in a few seconds.", {
    details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
}
