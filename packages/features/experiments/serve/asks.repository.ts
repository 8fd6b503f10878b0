import { execute, type Pool, queryRows } from "../sql/runner";
import type { LastAsk } from "../types/admin";

/** Keeps which builds have asked for an experiment. */
export class AsksRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Adds what one node has counted. What is gone is left out, and a build that has long been replaced is forgotten. */
  async add(build: string, counts: ReadonlyMap<string, number>): Promise<void> {
    await execute(
      this.#pool,
      `WITH forgotten AS (
         DELETE FROM "ExperimentAsk" WHERE "experimentSlug" = ANY($2) AND "build" <> $1
           AND "lastAskedAt" < clock_timestamp() - interval '90 days'
       )
       INSERT INTO "ExperimentAsk" AS known ("experimentSlug", "build", "asked", "firstAskedAt", "lastAskedAt")
       SELECT feature."slug", $1, counted.asked, now.at, now.at
       FROM unnest($2::text[], $3::bigint[]) AS counted (slug, asked)
       JOIN "Feature" AS feature ON feature."slug" = counted.slug, (SELECT clock_timestamp() AS at) AS now
       ORDER BY feature."slug"
       ON CONFLICT ("experimentSlug", "build") DO UPDATE
       SET "asked" = known."asked" + EXCLUDED."asked", "lastAskedAt" = greatest(known."lastAskedAt", EXCLUDED."lastAskedAt")`,
      [build, [...counts.keys()], [...counts.values()]],
    );
  }

  async findLast(slug: string): Promise<LastAsk | null> {
    const [last] = await queryRows<LastAsk & { at: Date }>(
      this.#pool,
      `SELECT "lastAskedAt" AS at, "build" FROM "ExperimentAsk"
       WHERE "experimentSlug" = $1 ORDER BY "lastAskedAt" DESC, "build" LIMIT 1`,
      [slug],
    );
    return last ?? null;
  }
}
