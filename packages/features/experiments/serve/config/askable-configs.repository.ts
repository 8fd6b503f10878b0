import { type Pool, queryRows } from "../../sql/runner";
import type { StoredExperiment } from "./compiled-experiments";
import { ExperimentConfigsRepository } from "./experiment-configs.repository";
import type { ConfigSource } from "./ports";

/**
 * Reads all that code may ask for as an experiment. Flags are among it: code may ask before one has become an
 * experiment, and after it was taken back, and nobody must lose what the flag gives them.
 */
export class AskableConfigsRepository implements ConfigSource {
  readonly #pool: Pool;
  readonly #experiments: ExperimentConfigsRepository;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#experiments = new ExperimentConfigsRepository(pool);
  }

  loadAll(): Promise<StoredExperiment[]> {
    return queryRows(this.#pool, ASKABLE);
  }

  loadMany(slugs: string[]): Promise<StoredExperiment[]> {
    return queryRows(this.#pool, `${ASKABLE} WHERE "slug" = ANY($1)`, [slugs]);
  }

  async versions(): Promise<Map<string, number>> {
    const rows = await queryRows<{ slug: string; version: number }>(
      this.#pool,
      `SELECT "slug", "version" FROM "Feature"`,
    );
    return new Map(rows.map(({ slug, version }) => [slug, version]));
  }

  changeCount(): Promise<string> {
    return this.#experiments.changeCount();
  }
}

// What a plain flag keeps in its metadata is its own affair. One that is rolled out is not on for everybody: whom it is on
// for is asked with the rows of flags.
const ASKABLE = `SELECT "slug", coalesce("enabled" AND ("type" = 'EXPERIMENT' OR "rolloutUnit" IS NULL), false) AS "enabled", "version", "createdAt", "type" IS DISTINCT FROM 'EXPERIMENT' AS "isFlag",
  CASE WHEN "type" IS DISTINCT FROM 'EXPERIMENT' THEN "type"::text END AS "flagType",
  CASE WHEN "type" = 'EXPERIMENT' THEN "metadata" END AS "metadata" FROM "Feature"`;
