import { execute, type Pool, queryRows } from "../sql/runner";

/** Keeps when variants were last opened in a preview, but not by whom. */
export class OpenedPreviewsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** What was opened a moment ago is not written again, however often a page is loaded. */
  async note(opened: readonly { slug: string; variant: string }[]): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "ExperimentPreview" AS known ("experimentSlug", "variant")
       SELECT feature."slug", opened.variant FROM unnest($1::text[], $2::text[]) AS opened (slug, variant)
       JOIN "Feature" AS feature ON feature."slug" = opened.slug ORDER BY 1, 2
       ON CONFLICT ("experimentSlug", "variant") DO UPDATE SET "openedAt" = clock_timestamp()
         WHERE known."openedAt" < clock_timestamp() - interval '1 minute'`,
      [opened.map(({ slug }) => slug), opened.map(({ variant }) => variant)],
    );
  }

  async list(slug: string): Promise<{ variant: string; at: Date }[]> {
    return queryRows(
      this.#pool,
      `SELECT "variant", "openedAt" AS at FROM "ExperimentPreview" WHERE "experimentSlug" = $1`,
      [slug],
    );
  }
}
