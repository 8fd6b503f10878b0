import "server-only";
import type { ExperimentSlug } from "@calcom/features/experiments";
import {
  type CallerTransaction,
  isTransaction,
  type NamedSubject,
  type TrackedConversion,
  trackConversion as trackFor,
} from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { getIdentity } from "@/lib/identity";

export interface TrackOptions {
  /** The team for which it was done; the membership of the one who is signed in is checked. */
  team?: number;
  /** Names the subject where there is no session: in jobs, mails and webhooks. Never take it from a request. */
  subject?: NamedSubject;
  /** Counts for this experiment only. */
  experiment?: ExperimentSlug;
}

type Outcome = Promise<{ recorded: number }>;

/**
 * Reports from server code what the one who is signed in, or this browser, has done: with every experiment they are
 * in. Answers in how many of them it was new.
 *
 * @throws ExperimentError `invalid_conversion`, `claim_refused`; `unavailable` where it should be reported again
 */
export function trackConversion(conversion: TrackedConversion, options?: TrackOptions): Outcome;
/**
 * The same as part of a transaction, of Prisma or of one pg client: there with its commit, gone with its rollback. It
 * waits a second at most and never rejects; what goes wrong is undone to where it began, and one line in the log.
 */
export function trackConversion(
  tx: CallerTransaction,
  conversion: TrackedConversion,
  options?: TrackOptions,
): Outcome;
export async function trackConversion(
  ...given:
    | [conversion: TrackedConversion, options?: TrackOptions]
    | [tx: CallerTransaction, conversion: TrackedConversion, options?: TrackOptions]
): Outcome {
  if (!isWithin(given)) {
    const [conversion, options = {}] = given;
    return trackFor(conversion, { ...options, subject: options.subject ?? (await getIdentity()) });
  }
  const [tx, conversion, options = {}] = given;
  try {
    return await trackFor(tx, conversion, { ...options, subject: options.subject ?? (await getIdentity()) });
  } catch (error) {
    logger.error("A conversion was not recorded: nobody is known to whom it belongs.", { error });
    return { recorded: 0 };
  }
}

function isWithin(
  given: unknown[],
): given is [tx: CallerTransaction, conversion: TrackedConversion, options?: TrackOptions] {
  return isTransaction(given[0]);
}
