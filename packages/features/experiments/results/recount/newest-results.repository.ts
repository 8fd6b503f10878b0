import { type Pool, queryRows } from "../../sql/runner";
import { readStoredResult } from "../read-stored-result";
import type { StoredResult } from "../types";

/** Reads results of many experiments at once. */
export class NewestResultsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The newest, by slug; absent where nothing was computed. */
  async findMany(slugs: string[]): Promise<Map<string, StoredResult>> {
    if (slugs.length === 0) return new Map();
    const rows = await queryRows<{ slug: string; result: unknown }>(
      this.#pool,
      `SELECT newest."experimentSlug" AS slug, newest."result" FROM unnest($1::text[]) AS asked (slug)
       CROSS JOIN LATERAL (
         SELECT "experimentSlug", "result" FROM "ExperimentResult"
         WHERE "experimentSlug" = asked.slug AND NOT "isReceipt" OFFSET 0
       ) AS newest`,
      [slugs],
    );
    return new Map(
      rows.flatMap(({ slug, result }) => {
        const read = readStoredResult(result);
        return read === null ? [] : [[slug, read] as const];
      }),
    );
  }
}
