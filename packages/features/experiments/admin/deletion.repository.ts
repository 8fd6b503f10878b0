import { executeLong, LONG_WRITE_MS, readLong } from "../sql/long-statement";
import { type Pool, queryRows, retryOnce, withActor } from "../sql/runner";
import type { HostId } from "../types/host-id";
import { destroyRows, type GatheredData } from "./destroy-rows";
import type { Version } from "./experiment-changes.repository";

/** Destroys experiments, with all that they have gathered. */
export class DeletionRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** What a deletion would destroy, each from an index. */
  async count(slug: string): Promise<GatheredData> {
    const [data] = await readLong<GatheredData>(
      this.#pool,
      `SELECT (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1) AS assignments,
         (SELECT count(*)::int FROM "ExperimentConversion" WHERE "experimentSlug" = $1) AS conversions`,
      [slug],
    );
    return data ?? { assignments: 0, conversions: 0 };
  }

  /** Destroys all of it or nothing, and says how much. Null if it has another version by now, or is gone. */
  delete(actorId: HostId, { slug, version }: Version): Promise<GatheredData | null> {
    return retryOnce(() =>
      withActor(this.#pool, actorId, async (transaction) => {
        // Keeps other changes away, but not assignments, which need no more than its key. Those wait for the last
        // statement alone, which is short: it cascades to what came in meanwhile, to epochs and to results.
        const held = await queryRows(
          transaction,
          `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "version" = $2::bigint AND "type" = 'EXPERIMENT' FOR NO KEY UPDATE`,
          [slug, version],
        );
        if (held.length === 0) return null;
        const destroyed = await destroyRows(transaction, slug);
        await executeLong(transaction, `DELETE FROM "Feature" WHERE "slug" = $1`, [slug], LONG_WRITE_MS);
        return destroyed;
      }),
    );
  }
}
