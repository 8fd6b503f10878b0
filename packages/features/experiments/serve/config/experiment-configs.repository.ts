import { type Pool, queryRows } from "../../sql/runner";
import type { StoredExperiment } from "./compiled-experiments";
import type { ConfigSource } from "./ports";

/** Reads the stored configurations, for deciding and counting. */
export class ExperimentConfigsRepository implements ConfigSource {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  loadAll(): Promise<StoredExperiment[]> {
    return queryRows(this.#pool, `${STORED} WHERE "type" = 'EXPERIMENT'`);
  }

  loadMany(slugs: string[]): Promise<StoredExperiment[]> {
    return queryRows(this.#pool, `${STORED} WHERE "type" = 'EXPERIMENT' AND "slug" = ANY($1)`, [slugs]);
  }

  async versions(): Promise<Map<string, number>> {
    const rows = await queryRows<{ slug: string; version: number }>(
      this.#pool,
      `SELECT "slug", "version" FROM "Feature" WHERE "type" = 'EXPERIMENT'`,
    );
    return new Map(rows.map(({ slug, version }) => [slug, version]));
  }

  async changeCount(): Promise<string> {
    const [row] = await queryRows<{ value: string }>(this.#pool, `SELECT "value" FROM "ConfigEpoch"`);
    return row?.value ?? "";
  }
}

const STORED = `SELECT "slug", "enabled", "metadata", "version" FROM "Feature"`;
