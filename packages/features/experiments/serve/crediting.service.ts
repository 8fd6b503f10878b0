import { within } from "@calcom/lib/within";
import type { CallerTransaction } from "../sql/caller-transaction";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { ExperimentError } from "../types/errors";
import { isCounted } from "../utils/uncounted";
import type { Credit, CreditsRepository } from "./credits.repository";
import type { EventOutbox } from "./events/event-outbox";
import type { Identity, NamedSubject } from "./identity";
import type { LookupService } from "./lookup.service";
import { checkConversion, type ServerConversion } from "./server-conversion";
import { isRowId, vouchedFor } from "./subject";

export interface CreditOptions {
  /**
   * Who did it. Everybody who is named takes part: the user with every browser that is linked to them, the team, the
   * visitor. An identity comes from a request that was checked; the calling code vouches for ids.
   */
  subject: Identity | NamedSubject;
  /** The team for which an identity acts. Its membership is checked. */
  team?: number;
  /** The only experiment to credit, instead of every one that the subject is in. */
  experiment?: string;
}

export interface CreditingParts {
  lookup: LookupService;
  credits: Pick<CreditsRepository, "credit" | "creditWithin">;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
  log: { error(message: string, facts?: Record<string, unknown>): void };
}

/** The most that we may cost a caller's transaction. */
const WITHIN_MS = 1_000;
/** When to check whether the caller has committed. Later commits are found by the outbox's own sweep. */
const LOOK_AFTER_MS = [20, 200, 2_000];

/**
 * Records conversions that server code reports. They are trusted, and credited to every experiment that the subject is
 * in.
 */
export class CreditingService {
  readonly #parts: CreditingParts;

  constructor(parts: CreditingParts) {
    this.#parts = parts;
  }

  /**
   * Returns in how many experiments the conversion was new.
   *
   * @throws ExperimentError `invalid_conversion`, `claim_refused`; `unavailable` if it should be reported again
   */
  async track(conversion: string | ServerConversion, options: CreditOptions): Promise<{ recorded: number }> {
    try {
      const credit = await this.#findCredit(conversion, options);
      if (credit === null) return { recorded: 0 };
      if (credit.isMembershipNeeded)
        await this.#parts.lookup.checkClaims(options.subject as Identity, [{ teamId: options.team }]);
      const recorded = await this.#parts.credits.credit(credit);
      if (recorded > 0) this.#parts.outbox.kick();
      return { recorded };
    } catch (cause) {
      if (!(cause instanceof DatabaseUnavailable)) throw cause;
      throw new ExperimentError(
        "unavailable",
        "The conversion was not recorded: report it again in a moment, with the same key.",
        { cause },
      );
    }
  }

  /** The same within the caller's transaction. Never rejects: a failure becomes one line in the log. */
  async trackWithin(
    tx: CallerTransaction,
    conversion: string | ServerConversion,
    options: CreditOptions,
  ): Promise<{ recorded: number }> {
    try {
      const until = performance.now() + WITHIN_MS;
      const credit = await within(WITHIN_MS, this.#findCredit(conversion, options), tooLate);
      if (credit === null) return { recorded: 0 };
      const outcome = await this.#parts.credits.creditWithin(tx, credit, until - performance.now());
      if ("failure" in outcome) return this.#lost(conversion, options, outcome.failure);
      if (outcome.recorded > 0) this.#kickAfterCommit();
      return outcome;
    } catch (error) {
      return this.#lost(conversion, options, error);
    }
  }

  /** Null if nothing is counted for this subject. */
  async #findCredit(conversion: string | ServerConversion, options: CreditOptions): Promise<Credit | null> {
    const checked = checkConversion(conversion);
    const { subject, experiment = null } = options;
    const isIdentity = "hasConsent" in subject;
    const identity = isIdentity ? subject : vouchedFor(subject);
    if (!isCounted(identity)) return null;
    const teamId = isIdentity ? options.team : "teamId" in subject ? subject.teamId : undefined;
    return {
      ...checked,
      userId: identity.userId,
      visitorId: identity.visitorId,
      teamId: teamId !== undefined && isRowId(teamId) ? teamId : null,
      isMembershipNeeded: isIdentity && teamId !== undefined,
      slug: experiment,
      exceptSlugs: await this.#parts.lookup.findPreviewedSlugs(identity, this.#parts.clock()),
    };
  }

  /** Log everything that is needed to report it again by hand. */
  #lost(
    conversion: string | ServerConversion,
    options: CreditOptions,
    reason: unknown,
  ): { recorded: number } {
    const { userId, teamId, visitorId }: Partial<Record<string, unknown>> = { ...options?.subject };
    this.#parts.log.error("A conversion was not recorded; the transaction around it goes on without it.", {
      conversion,
      subject: { userId, teamId: teamId ?? options?.team, visitorId },
      experiment: options?.experiment,
      reason,
    });
    return { recorded: 0 };
  }

  /** The commit is not announced to us. Checking too often is harmless: only committed rows can be sent. */
  #kickAfterCommit(): void {
    for (const delay of LOOK_AFTER_MS) setTimeout(() => this.#parts.outbox.kick(), delay).unref();
  }
}

function tooLate(): DatabaseUnavailable {
  return new DatabaseUnavailable("The configurations of the experiments were not read in time.");
}
