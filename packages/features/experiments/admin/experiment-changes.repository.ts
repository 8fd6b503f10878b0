import { type Pool, queryRows, type SqlRunner, withActor } from "../sql/runner";
import type { ExperimentConfig } from "../types/config";

/** The writes of one transaction on one experiment. */
export interface ExperimentTransaction {
  /** Null if the row has another version by now or is gone; nothing was written then. */
  save(slug: string, version: number, change: ConfigChange): Promise<number | null>;
  openEpoch(slug: string, config: ExperimentConfig): Promise<void>;
  closeEpoch(slug: string): Promise<void>;
  variantsWithRows(slug: string): Promise<string[]>;
}

export interface ConfigChange {
  config: ExperimentConfig;
  description: string;
}

/** Writes experiments. Each change is one transaction, in the name of the person who made it. */
export class ExperimentChangesRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  create(actorId: number, slug: string, { config, description }: ConfigChange): Promise<void> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await queryRows(
        transaction,
        `INSERT INTO "Feature" ("slug", "type", "enabled", "description", "metadata", "updatedBy")
         VALUES ($1, 'EXPERIMENT', $2, $3, $4, $5)`,
        [slug, config.status === "running", description, JSON.stringify(config), actorId],
      );
    });
  }

  /** Runs all of it in one transaction, in the name of the actor. */
  change<Result>(
    actorId: number | null,
    run: (transaction: ExperimentTransaction) => Promise<Result>,
  ): Promise<Result> {
    return withActor(this.#pool, actorId, (transaction) => run(changesOn(transaction, actorId)));
  }

  /** Deletes assignments, conversions, epochs and results as well. False if the row has another version by now. */
  async delete(actorId: number, slug: string, version: number): Promise<boolean> {
    const deleted = await withActor(this.#pool, actorId, (transaction) =>
      queryRows(
        transaction,
        `DELETE FROM "Feature" WHERE "slug" = $1 AND "version" = $2 AND "type" = 'EXPERIMENT' RETURNING "slug"`,
        [slug, version],
        DELETE_TIMEOUT_MS,
      ),
    );
    return deleted.length > 0;
  }
}

/** Deleting an experiment with millions of rows takes this long. */
const DELETE_TIMEOUT_MS = 120_000;

function changesOn(transaction: SqlRunner, actorId: number | null): ExperimentTransaction {
  return {
    async save(slug, version, { config, description }) {
      const [saved] = await queryRows<{ version: number }>(
        transaction,
        `UPDATE "Feature" SET "metadata" = $3, "enabled" = $4, "description" = $5, "updatedBy" = coalesce($6, "updatedBy")
         WHERE "slug" = $1 AND "version" = $2 AND "type" = 'EXPERIMENT' RETURNING "version"`,
        [slug, version, JSON.stringify(config), config.status === "running", description, actorId],
      );
      return saved?.version ?? null;
    },
    async openEpoch(slug, { epoch, variants, trafficPercentage }) {
      const weights = Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
      await queryRows(
        transaction,
        `INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage") VALUES ($1, $2, $3, $4)`,
        [slug, epoch, JSON.stringify(weights), trafficPercentage],
      );
    },
    async closeEpoch(slug) {
      await queryRows(
        transaction,
        `UPDATE "ExperimentEpoch" SET "endedAt" = clock_timestamp() WHERE "experimentSlug" = $1 AND "endedAt" IS NULL`,
        [slug],
      );
    },
    async variantsWithRows(slug) {
      const rows = await queryRows<{ variant: string }>(
        transaction,
        `SELECT DISTINCT "variant" FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
        [slug],
      );
      return rows.map(({ variant }) => variant);
    },
  };
}
