import { Coalescer } from "../sql/coalescer";
import { queryRowsOften } from "../sql/named-statements";
import { execute, inTransaction, type Pool, queryRows, retryOnce } from "../sql/runner";

/** How many rows go in one transaction. */
const AT_ONCE = 1_000;

/** Rows that were written together with their visitor's cookie: kept once it has come back, and deleted if it does not. */
export class ProvisionalRowsRepository {
  readonly #pool: Pool;
  readonly #confirmations: Coalescer<string, string | null>;

  constructor(pool: Pool) {
    this.#pool = pool;
    // As with the rows themselves, the commits are what costs.
    this.#confirmations = new Coalescer((ids) => this.#confirmMany(ids), { maxInFlight: 2 });
  }

  /** Says that the cookie came back, and returns the ids of the rows that are still there. Concurrent callers share statements. */
  async confirm(ids: string[]): Promise<Set<string>> {
    const kept = await this.#confirmations.submit(ids);
    return new Set(kept.filter((id) => id !== null));
  }

  async #confirmMany(ids: string[]): Promise<(string | null)[]> {
    const rows = await retryOnce(() =>
      queryRowsOften<{ id: string }>(
        this.#pool,
        // In one order, as everything that locks several of these rows.
        `WITH locked AS (
           SELECT "id" FROM "ExperimentVariant" WHERE "id" = ANY($1::uuid[]) ORDER BY "id" FOR NO KEY UPDATE
         )
         UPDATE "ExperimentVariant" SET "isProvisional" = false
         WHERE "id" = ANY(ARRAY(SELECT "id" FROM locked)) RETURNING "id"`,
        [ids],
      ),
    );
    const kept = new Set(rows.map(({ id }) => id));
    return ids.map((id) => (kept.has(id) ? id : null));
  }

  /**
   * Deletes what is older than a day, and returns how many rows these were. Any number of nodes may do it at once. What
   * somebody is at is left for the next time, and so is what code on the server has credited a conversion to.
   */
  async sweep(): Promise<number> {
    for (let swept = 0; ; ) {
      const { found, deleted } = await this.#sweepSome();
      swept += deleted;
      if (found < AT_ONCE || deleted === 0) return swept;
    }
  }

  #sweepSome(): Promise<{ found: number; deleted: number }> {
    return inTransaction(this.#pool, async (transaction) => {
      const old = await queryRows<{ id: string }>(
        transaction,
        `SELECT "id" FROM "ExperimentVariant" AS assignment
         WHERE "isProvisional" AND "exposedAt" IS NULL AND "assignedAt" < clock_timestamp() - interval '1 day'
           AND NOT EXISTS (SELECT FROM "ExperimentConversion" WHERE "assignmentId" = assignment."id")
         LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
      );
      // Looks once more, now that nothing can point at them any more: a conversion may have come in between.
      const deleted = await execute(
        transaction,
        `DELETE FROM "ExperimentVariant" AS assignment WHERE "id" = ANY($1::uuid[])
           AND NOT EXISTS (SELECT FROM "ExperimentConversion" WHERE "assignmentId" = assignment."id")`,
        [old.map(({ id }) => id)],
      );
      return { found: old.length, deleted };
    });
  }
}
