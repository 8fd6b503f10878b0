import { readOwnJson } from "@calcom/lib/json";
import { type CallerTransaction, executeIn, inTurn, runIn } from "../sql/caller-transaction";
import { CoalescedWrites, patienceSql, WRITE_AGAIN, type WriteOptions } from "../sql/coalesced-writes";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { queryRowsNow } from "../sql/named-statements";
import type { Pool } from "../sql/runner";
import type { HostId } from "../types/host-id";
import { buildCreditManySql, MAX_CREDITS } from "./credits-sql";
import { CREDIT_WITHIN, OUTCOME, PREPARE } from "./credits-within-sql";
import type { CheckedConversion } from "./server-conversion";

/** A conversion, and the subjects to whom it may be credited. */
export interface Credit extends CheckedConversion {
  userId: HostId | null;
  visitorId: string | null;
  teamId: HostId | null;
  /** Whether the team is credited only if the user is an accepted member. */
  isMembershipNeeded: boolean;
  /** The only experiment to credit; null for all. */
  slug: string | null;
  /** Experiments that are not credited. */
  exceptSlugs: string[];
}

export type WithinOutcome = { recorded: number } | { failure: { state: string; message: string } };

/** Most of the work is to find who is credited, which several connections do side by side. */
const MAX_IN_FLIGHT = 4;

/**
 * Credits conversions that server code reports to the subject's assignments: that of the user, that of the team, and,
 * of all browsers linked to the person, the one that speaks for them.
 */
export class CreditsRepository {
  readonly #pool: Pool;
  readonly #credits: CoalescedWrites<Arrived, number>;

  readonly #schema: string | null;

  constructor(
    pool: Pool,
    {
      schema = null,
      ...options
    }: WriteOptions & { /** Of the module's tables. */ schema?: string | null } = {},
  ) {
    this.#pool = pool;
    this.#schema = schema;
    this.#credits = new CoalescedWrites<Arrived, number>(
      {
        keyOf: nameCredit,
        write: (credits, patienceMs) => this.#creditMany(credits, patienceMs),
        // It may ask for other experiments: it has to see what the first has stored.
        repeat: () => WRITE_AGAIN,
      },
      {
        maxInFlight: MAX_IN_FLIGHT,
        ...options,
        maxBatch: Math.min(options?.maxBatch ?? MAX_CREDITS, MAX_CREDITS),
      },
    );
  }

  /**
   * Returns in how many experiments the conversion was new. Concurrent callers share statements.
   *
   * @throws DatabaseUnavailable
   */
  async credit(credit: Credit): Promise<number> {
    const arrived = { ...credit, arrivedAt: performance.now() };
    const [recorded = null] = await this.#credits.submit([arrived]);
    if (recorded !== null) return recorded;
    // One of its assignments was deleted while it was written. The others still have it to come.
    const [again = null] = await this.#credits.submit([arrived]);
    if (again !== null) return again;
    throw new DatabaseUnavailable("What the conversion counts for is being deleted.");
  }

  async #creditMany(
    credits: Arrived[],
    patienceMs: number,
  ): Promise<Map<string, number | typeof WRITE_AGAIN>> {
    const given = (now: number) =>
      credits.map(({ arrivedAt, ...credit }, position) => ({
        ...credit,
        position,
        waitedMs: now - arrivedAt,
      }));
    const rows = await queryRowsNow<{ position: number; recorded: number; isShared: boolean }>(
      this.#pool,
      `WITH ${patienceSql("$2")}, ${buildCreditManySql("(SELECT $1::jsonb FROM patience)")}`,
      (now) => [JSON.stringify(given(now)), patienceMs],
    );
    return new Map(
      rows.map(({ position, recorded, isShared }) => [
        nameCredit(credits[position] as Arrived),
        isShared ? WRITE_AGAIN : recorded,
      ]),
    );
  }

  /**
   * The same within somebody else's transaction, whose settings and statements stay intact whatever happens here.
   * Gives up after `timeoutMs`. Rejects only if the transaction had failed already.
   */
  creditWithin(tx: CallerTransaction, credit: Credit, timeoutMs: number): Promise<WithinOutcome> {
    return inTurn(tx, async () => {
      const given = { ...credit, schema: this.#schema, position: 0, waitedMs: 0 };
      await runIn(tx, PREPARE, [JSON.stringify(given), String(Math.max(1, Math.ceil(timeoutMs)))]);
      await executeIn(tx, CREDIT_WITHIN);
      const [row] = (await runIn(tx, OUTCOME)) as { outcome: string | null }[];
      return row?.outcome ? (readOwnJson(row.outcome) as WithinOutcome) : NOT_WITHIN;
    });
  }
}

const NOT_WITHIN: WithinOutcome = {
  failure: {
    state: "25P01",
    message:
      "There is no transaction: pass what prisma.$transaction hands over, or one pg client after BEGIN, and not the pool.",
  },
};

/** A conversion, and when it was reported, by this process's monotonic clock. */
type Arrived = Credit & { arrivedAt: number };

/** Neither event nor key can hold a NUL. */
function nameCredit({ event, key, userId, visitorId, teamId }: Credit): string {
  return [event, key, userId, visitorId, teamId].join("\0");
}
