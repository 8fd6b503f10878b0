import { NAME } from "../sql/names-sql";
import { execute, type Pool, queryRows, withActor } from "../sql/runner";
import { takeTurn } from "../sql/take-turn";
import type { ChecklistItem, ItemCheck } from "../types/checklist";
import type { HostId } from "../types/host-id";

/** Keeps what a team wants checked before each start, and who has checked it. */
export class ChecklistRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order in which they were added. */
  list(): Promise<ChecklistItem[]> {
    return queryRows<ChecklistItem>(
      this.#pool,
      `SELECT "id", "text" FROM "ExperimentChecklistItem" ORDER BY "createdAt", "id" LIMIT 100`,
    );
  }

  /** The same, with who has checked each of them for that experiment. */
  async listFor(slug: string): Promise<ItemCheck[]> {
    const rows = await queryRows<ChecklistItem & { at: Date | null; by: string | null }>(
      this.#pool,
      `SELECT item."id", item."text", done."checkedAt" AS at, person."name" AS by
       FROM "ExperimentChecklistItem" AS item
       LEFT JOIN "ExperimentCheck" AS done ON done."itemId" = item."id" AND done."experimentSlug" = $1
       LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = done."checkedById" LIMIT 1) AS person ON true
       ORDER BY item."createdAt", item."id" LIMIT 100`,
      [slug],
    );
    return rows.map(({ id, text, at, by }) => ({ id, text, checked: at && { at, by } }));
  }

  /** False where there are `most` already. */
  add(actorId: HostId, text: string, most: number): Promise<boolean> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await takeTurn(transaction, "checklist");
      const added = await execute(
        transaction,
        `INSERT INTO "ExperimentChecklistItem" ("text", "createdById")
         SELECT $1, $2 WHERE (SELECT count(*) FROM "ExperimentChecklistItem") < $3`,
        [text, actorId, most],
      );
      return added > 0;
    });
  }

  remove(actorId: HostId, id: string): Promise<void> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await execute(transaction, `DELETE FROM "ExperimentChecklistItem" WHERE "id" = $1`, [id]);
    });
  }

  /** Checking an item twice changes nothing. Items that no longer exist are ignored. */
  setCheck(
    actorId: HostId,
    { slug, itemId, isChecked }: { slug: string; itemId: string; isChecked: boolean },
  ): Promise<void> {
    return withActor(this.#pool, actorId, async (transaction) => {
      if (!isChecked)
        await execute(
          transaction,
          `DELETE FROM "ExperimentCheck" WHERE "experimentSlug" = $1 AND "itemId" = $2`,
          [slug, itemId],
        );
      else
        await execute(
          transaction,
          `INSERT INTO "ExperimentCheck" ("experimentSlug", "itemId", "checkedById")
           SELECT feature."slug", item."id", $3 FROM "Feature" AS feature, "ExperimentChecklistItem" AS item
           WHERE feature."slug" = $1 AND item."id" = $2 FOR KEY SHARE
           ON CONFLICT DO NOTHING`,
          [slug, itemId, actorId],
        );
    });
  }
}
