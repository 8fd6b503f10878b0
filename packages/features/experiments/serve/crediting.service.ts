import { later } from "@calcom/lib/outside-request";
import { within } from "@calcom/lib/within";
import type { EventOutbox } from "../lib/server/event-outbox";
import type { CallerTransaction } from "../sql/caller-transaction";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import type { HostIds } from "../utils/host-ids";
import { isCounted } from "../utils/uncounted";
import type { CreditOptions } from "./credit-options";
import type { Credit, CreditsRepository } from "./credits.repository";
import type { Identity } from "./identity";
import type { LookupService } from "./lookup.service";
import { readCredited } from "./read-identity";
import { checkConversion, type ServerConversion } from "./server-conversion";
import { vouchFor } from "./subject";

export interface CreditingParts {
  lookup: LookupService;
  credits: Pick<CreditsRepository, "credit" | "creditWithin">;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
  log: { error(message: string, facts?: Record<string, unknown>): void };
  ids: HostIds;
}

/** The most that we may cost a caller's transaction. */
const WITHIN_MS = 1_000;
/** When to check whether the caller has committed. Later commits are found by the outbox's own sweep. */
const LOOK_AFTER_MS = [20, 200, 2_000];

/**
 * Records conversions that server code reports. They are trusted, and credited to every experiment that the subject is
 * in.
 */
export function createCrediting({ lookup, credits, outbox, clock, log, ids }: CreditingParts) {
  return {
    /**
     * Stores a conversion that server code vouches for, with every experiment that its subject is in. The event need
     * not be declared, so that a metric defined tomorrow finds it. Returns in how many experiments it was new.
     *
     * @throws ExperimentError `invalid_conversion`, `invalid_id`, `claim_refused`; `unavailable` if it should be reported again
     */
    async trackConversion(
      conversion: string | ServerConversion,
      options: CreditOptions,
    ): Promise<{ recorded: number }> {
      try {
        const creditor = findCreditor(readCredited(ids, options));
        const credit = await findCredit(conversion, creditor, options);
        if (credit === null) return { recorded: 0 };
        const { identity, teamId, isMembershipNeeded } = creditor;
        if (isMembershipNeeded) await lookup.checkClaims(identity, [{ teamId }]);
        const recorded = await credits.credit(credit);
        if (recorded > 0) outbox.kick();
        return { recorded };
      } catch (cause) {
        if (!(cause instanceof DatabaseUnavailable)) throw cause;
        throw new ExperimentError(
          "unavailable",
          "The conversion was not recorded: report it again in a moment, with the same key.",
          { cause },
        );
      }
    },

    /**
     * The same within the caller's transaction: it is committed and rolled back together with it. It waits a second at
     * most and never rejects; a failure is undone, and becomes one line in the log.
     */
    async trackConversionWithin(
      tx: CallerTransaction,
      conversion: string | ServerConversion,
      options: CreditOptions,
    ): Promise<{ recorded: number }> {
      try {
        const until = performance.now() + WITHIN_MS;
        const credit = await findCredit(conversion, findCreditor(readCredited(ids, options)), options);
        if (credit === null) return { recorded: 0 };
        const outcome = await credits.creditWithin(tx, credit, until - performance.now());
        if ("failure" in outcome) return reportLost(conversion, options, outcome.failure);
        if (outcome.recorded > 0) kickAfterCommit();
        return outcome;
      } catch (error) {
        return reportLost(conversion, options, error);
      }
    },
  };

  /** Null if nothing is counted for this subject. */
  async function findCredit(
    conversion: string | ServerConversion,
    { identity, teamId, isMembershipNeeded }: Creditor,
    { experiment = null }: { experiment?: string | null },
  ): Promise<Credit | null> {
    const checked = checkConversion(conversion);
    if (!isCounted(identity)) return null;
    return {
      ...checked,
      userId: identity.userId,
      // It is not known yet whether this visitor keeps the cookie.
      visitorId: identity.isFirstSight ? null : identity.visitorId,
      teamId: teamId ?? null,
      isMembershipNeeded,
      slug: experiment,
      exceptSlugs: await findPreviewedSlugs(identity),
    };
  }

  /** A node that has just started reads the configurations first, for which no transaction may wait long. */
  async function findPreviewedSlugs({ overrides = {} }: Identity): Promise<string[]> {
    if (Object.keys(overrides).length === 0) return [];
    return within(WITHIN_MS, lookup.findPreviewedSlugs(overrides, clock()), reportLate);
  }

  /** Log everything that is needed to report it again by hand. */
  function reportLost(
    conversion: string | ServerConversion,
    options: CreditOptions,
    reason: unknown,
  ): { recorded: number } {
    const { userId, teamId, visitorId }: Partial<Record<string, unknown>> = { ...options?.subject };
    log.error("A conversion was not recorded; the transaction around it goes on without it.", {
      conversion,
      subject: { userId, teamId: teamId ?? options?.team, visitorId },
      experiment: options?.experiment,
      reason,
    });
    return { recorded: 0 };
  }

  /** The commit is not announced to us. Checking too often is harmless: only committed rows can be sent. */
  function kickAfterCommit(): void {
    for (const delay of LOOK_AFTER_MS) later(() => outbox.kick(), delay);
  }
}

/** The identity that is credited, and a team for which it acts. */
interface Creditor {
  identity: Identity;
  teamId: HostId | undefined;
  isMembershipNeeded: boolean;
}

function findCreditor({ subject, team }: CreditOptions): Creditor {
  if ("hasConsent" in subject)
    return { identity: subject, teamId: team, isMembershipNeeded: team !== undefined };
  const teamId = "teamId" in subject ? subject.teamId : undefined;
  return { identity: vouchFor(subject), teamId, isMembershipNeeded: false };
}

function reportLate(): DatabaseUnavailable {
  return new DatabaseUnavailable("The configurations of the experiments were not read in time.");
}
