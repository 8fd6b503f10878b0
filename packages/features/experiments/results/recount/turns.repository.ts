import { inTransaction, type Pool, queryRows } from "../../sql/runner";

/** Longer than any recount. */
const WAIT_MS = 120_000;

/** Keeps nodes from counting the same experiment at the same time. */
export class TurnsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Runs `work` while no other node does so for the same experiment. With `isPatient` it waits for its turn; otherwise
   * it returns null if another node is working.
   */
  take<Result>(slug: string, isPatient: boolean, work: () => Promise<Result>): Promise<Result | null> {
    // A lock of the transaction, so that a pooled connection cannot leak it.
    return inTransaction(this.#pool, async (transaction) => {
      const [lock] = await queryRows<{ isOurs: boolean }>(
        transaction,
        isPatient
          ? `SELECT true AS "isOurs" FROM pg_advisory_xact_lock(hashtextextended($1, 0))`
          : `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isOurs"`,
        [`experiment results of ${slug}`],
        WAIT_MS,
      );
      return lock?.isOurs ? work() : null;
    });
  }
}
