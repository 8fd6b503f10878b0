import { readFirst } from "../../sql/long-statement";
import { execute, type Pool } from "../../sql/runner";
import { buildCountFewSql } from "./few-rows-sql";
import type { ExperimentCounts, TakenCounts } from "./stats.repository";

export interface FoundCounts {
  /** Rows there are now, counted up to one more than few. */
  few: number;
  /** Null where nothing was stored. */
  asOf: Date | null;
  counts: ExperimentCounts | null;
}

/** Keeps what was counted of an experiment, for those who look at it meanwhile. */
export class StoredCountsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slug: string): Promise<FoundCounts> {
    const [found] = await readFirst<FoundCounts>(
      this.#pool,
      `SELECT ${buildCountFewSql("$1")} AS few, stored."asOf", stored."counts"
       FROM (SELECT) AS nothing LEFT JOIN "ExperimentCount" AS stored ON stored."experimentSlug" = $1`,
      [slug],
    );
    return found as FoundCounts;
  }

  /** Never replaces later counts, and stores none of what is gone. */
  async store(slug: string, { asOf, assignments, recentExposures, counts }: TakenCounts): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "ExperimentCount" AS stored ("experimentSlug", "asOf", "assignments", "recentExposures", "counts")
       SELECT "slug", $2, $3, $4, $5 FROM "Feature" WHERE "slug" = $1
       ON CONFLICT ("experimentSlug") DO UPDATE SET "asOf" = EXCLUDED."asOf", "assignments" = EXCLUDED."assignments",
         "recentExposures" = EXCLUDED."recentExposures", "counts" = EXCLUDED."counts"
       WHERE stored."asOf" <= EXCLUDED."asOf"`,
      [slug, asOf, assignments, recentExposures, JSON.stringify(counts)],
    );
  }
}
