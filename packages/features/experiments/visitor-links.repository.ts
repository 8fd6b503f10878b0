import { type Pool, retryOnce, select } from "./lib/server/sql";

/** Which browsers are one person's. */
export class VisitorLinksRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Joins a browser to a person and answers whose it is: the first one to sign in with it stays joined. */
  async link(visitorId: string, userId: number): Promise<number> {
    await select(
      this.#pool,
      `INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [visitorId, userId],
    );
    const [link] = await select<{ userId: number }>(
      this.#pool,
      `SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = $1`,
      [visitorId],
    );
    return link?.userId ?? userId;
  }

  /**
   * Takes a visitor's id out of every row, as erasing a person does: variant, times and counts stay, and nothing leads
   * from them to a browser or a person any more. Not even that two rows were one person's, where they were joined.
   */
  async forget(visitorId: string): Promise<void> {
    await retryOnce(() =>
      select(
        this.#pool,
        `WITH unlinked AS (
           DELETE FROM "VisitorLink" WHERE "visitorId" = $1
         ), theirs AS (
           SELECT "id" FROM "ExperimentVariant" WHERE "visitorId" = $1 ORDER BY "id" FOR UPDATE
         )
         UPDATE "ExperimentVariant" AS assignment SET "visitorId" = NULL
         FROM theirs WHERE assignment."id" = theirs."id"`,
        [visitorId],
      ),
    );
  }
}
