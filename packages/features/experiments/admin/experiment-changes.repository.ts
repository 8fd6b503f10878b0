import { LONG_READ_MS, queryRowsLong } from "../sql/long-statement";
import { execute, type Pool, queryRows, type SqlRunner, withActor } from "../sql/runner";
import type { ExperimentConfig } from "../types/config";
import type { HostId } from "../types/host-id";
import type { PlannedChange } from "../utils/plan-change";
import { writeConfig } from "../utils/stored-config";
import { importSelected } from "./flag-import";

/** The state of an experiment that somebody has looked at. A change that was made of any other state is refused. */
export interface Version {
  slug: string;
  version: number;
}

export type Saved =
  | { status: "saved"; version: number }
  /** It has another version by now, or is gone. */
  | { status: "stale" }
  /** Subjects have a variant that the change would take away. */
  | { status: "lost_variant"; variant: string }
  /** The time for it has run out. */
  | { status: "too_late" };

/** Writes experiments. Each change is one transaction, in the name of the person who made it. */
export class ExperimentChangesRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  create(
    actorId: HostId,
    slug: string,
    { config, description }: Pick<PlannedChange, "config" | "description">,
  ): Promise<void> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await execute(
        transaction,
        // All that has to have a value: the table may be the host's, with columns that have no default.
        `INSERT INTO "Feature" ("slug", "type", "enabled", "description", "metadata", "updatedBy", "stale", "createdAt", "updatedAt")
         VALUES ($1, 'EXPERIMENT', $2, $3, $4, $5, false, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)`,
        [slug, config.status === "running", description, writeConfig(config), actorId],
      );
    });
  }

  /** Writes all of a change or nothing. An actor of null leaves the name of who changed it last. */
  save(actorId: HostId | null, of: Version, change: PlannedChange): Promise<Saved> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const { config, description, closesEpoch, opensEpoch, keptVariants, importsFlag, until } = change;
      if (until !== undefined && (await isOver(transaction, until))) return { status: "too_late" };
      const variant = keptVariants && (await findOtherVariant(transaction, of.slug, keptVariants));
      if (variant !== null) return { status: "lost_variant", variant };
      // Before the epochs: it locks the row, so that a concurrent save is refused before it opens one.
      const [saved] = await queryRows<{ version: number }>(
        transaction,
        // A flag without a description has none afterwards either.
        `UPDATE "Feature" SET "metadata" = $3, "enabled" = $4, "updatedBy" = coalesce($6, "updatedBy"),
           "description" = CASE WHEN "description" IS NOT NULL OR $5::text <> '' THEN $5::text END
         WHERE "slug" = $1 AND "version" = $2::bigint AND "type" = 'EXPERIMENT' RETURNING "version"`,
        [of.slug, of.version, writeConfig(config), config.status === "running", description, actorId],
      );
      if (saved === undefined) return { status: "stale" };
      if (importsFlag) await importSelected(transaction, of.slug, config.unit);
      if (closesEpoch) await closeEpoch(transaction, of.slug);
      if (opensEpoch) await openEpoch(transaction, of.slug, config);
      return { status: "saved", version: saved.version };
    });
  }
}

/** Asked of the database: the clocks of nodes differ. */
async function isOver(transaction: SqlRunner, until: Date): Promise<boolean> {
  const rows = await queryRows(transaction, `SELECT WHERE clock_timestamp() >= $1::timestamptz`, [until]);
  return rows.length > 0;
}

async function findOtherVariant(
  transaction: SqlRunner,
  slug: string,
  variants: string[],
): Promise<string | null> {
  const [found] = await queryRowsLong<{ variant: string }>(
    transaction,
    `SELECT "variant" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "variant" <> ALL($2) LIMIT 1`,
    [slug, variants],
    LONG_READ_MS,
  );
  return found?.variant ?? null;
}

async function openEpoch(
  transaction: SqlRunner,
  slug: string,
  { epoch, variants, trafficPercentage }: ExperimentConfig,
): Promise<void> {
  const weights = Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
  await execute(
    transaction,
    `INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage") VALUES ($1, $2, $3, $4)`,
    [slug, epoch, JSON.stringify(weights), trafficPercentage],
  );
}

async function closeEpoch(transaction: SqlRunner, slug: string): Promise<void> {
  await execute(
    transaction,
    `UPDATE "ExperimentEpoch" SET "endedAt" = clock_timestamp() WHERE "experimentSlug" = $1 AND "endedAt" IS NULL`,
    [slug],
  );
}
