import { execute, type Pool, queryRows, retryOnce } from "../sql/runner";
import type { HostId } from "../types/host-id";

/** Links browsers to the person who uses them. */
export class VisitorLinksRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Links a browser to a person and returns whose it is: the first person who signed in with it keeps it. */
  async link(visitorId: string, userId: HostId): Promise<HostId> {
    await execute(
      this.#pool,
      `INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [visitorId, userId],
    );
    return (await this.findOwner(visitorId)) ?? userId;
  }

  /** Whose browser it is; null where nobody has signed in with it. */
  async findOwner(visitorId: string): Promise<HostId | null> {
    const [link] = await queryRows<{ userId: HostId }>(
      this.#pool,
      `SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = $1`,
      [visitorId],
    );
    return link?.userId ?? null;
  }

  /**
   * Removes a visitor's id from every row, as erasing a person does. Variant, times and counts stay, but nothing leads
   * from them to a browser or a person, nor shows that two rows belonged to one person.
   */
  async forget(visitorId: string): Promise<void> {
    await retryOnce(() =>
      execute(
        this.#pool,
        `WITH unlinked AS (
           DELETE FROM "VisitorLink" WHERE "visitorId" = $1
         ), theirs AS (
           SELECT "id" FROM "ExperimentVariant" WHERE "visitorId" = $1 ORDER BY "id" FOR UPDATE
         )
         UPDATE "ExperimentVariant" SET "visitorId" = NULL WHERE "id" = ANY(ARRAY(SELECT "id" FROM theirs))`,
        [visitorId],
      ),
    );
  }
}
