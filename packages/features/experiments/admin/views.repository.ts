import { execute, inTransaction, type Pool, queryRows } from "../sql/runner";
import { takeTurn } from "../sql/take-turn";
import type { HostId } from "../types/host-id";
import type { ListFilter } from "../types/views";

/** A row as it is stored; the owner is a column, since erasing a person empties it. */
interface ViewRow {
  name: string;
  filter: unknown;
  ownerId: HostId | null;
}

/** Keeps the views of each person for that person alone. */
export class ViewsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order in which they were made. */
  list(userId: HostId): Promise<ViewRow[]> {
    return queryRows<ViewRow>(
      this.#pool,
      `SELECT "name", "filter", "ownerId" FROM "ExperimentView" WHERE "userId" = $1 ORDER BY "createdAt", "name"`,
      [userId],
    );
  }

  /** Replaces one of the same name. False where there are `most` others already. */
  async save(
    userId: HostId,
    name: string,
    { ownerId, ...filter }: ListFilter,
    most: number,
  ): Promise<boolean> {
    const saved = await inTransaction(this.#pool, async (transaction) => {
      await takeTurn(transaction, `views of ${userId}`);
      return queryRows(
        transaction,
        `INSERT INTO "ExperimentView" ("userId", "name", "filter", "ownerId")
         SELECT $1, $2, $3, (SELECT "id" FROM "experiment_host_users" WHERE "id" = $4)
         WHERE (SELECT count(*) FROM "ExperimentView" WHERE "userId" = $1 AND "name" <> $2) < $5
         ON CONFLICT ("userId", "name") DO UPDATE SET "filter" = EXCLUDED."filter", "ownerId" = EXCLUDED."ownerId"
         RETURNING "name"`,
        [userId, name, JSON.stringify(filter), ownerId ?? null, most],
      );
    });
    return saved.length > 0;
  }

  async delete(userId: HostId, name: string): Promise<void> {
    await execute(this.#pool, `DELETE FROM "ExperimentView" WHERE "userId" = $1 AND "name" = $2`, [
      userId,
      name,
    ]);
  }
}
