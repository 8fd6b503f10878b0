import type { Json } from "@calcom/lib/json";
import { LONG_WRITE_MS, queryRowsLong, readLong } from "../sql/long-statement";
import { NAME } from "../sql/names-sql";
import { execute, type Pool, queryRows, withActor } from "../sql/runner";
import type { ExperimentConfig } from "../types/config";
import type { HostId } from "../types/host-id";
import { writeConfig } from "../utils/stored-config";
import { destroyRows } from "./destroy-rows";
import type { Version } from "./experiment-changes.repository";
import { type ConvertibleUnit, SELECTED } from "./flag-selection-sql";

export interface FlagToMigrate {
  slug: string;
  /** `EXPERIMENT` or another one; null where a host's own row has none. */
  type: string | null;
  enabled: boolean;
  /** It is on for a share of users or teams alone. */
  isRolledOut: boolean;
  description: string;
  metadata: Json | null;
  version: number;
  /** Who changed it last, as far as that is known. */
  updatedByName: string | null;
}

/** How many subjects the flag decides about by a row: their own, their team's or their organization's. */
export interface Selected {
  on: number;
  off: number;
}

/** Beside its rows: nothing of an experiment may be left to the next one that its flag becomes. */
export const TABLES_OF_AN_EXPERIMENT = [
  "ExperimentEpoch",
  "ExperimentResult",
  "ExperimentCount",
  "ExperimentFold",
  "ExperimentHealth",
  "ExperimentAsk",
  "ExperimentCheck",
  "ExperimentPreview",
  "PreviewLink",
] as const;

export type RevertedFlag = NonNullable<ExperimentConfig["convertedFrom"]>;

/** Turns a row of `Feature` from a flag into an experiment and back, and carries along whom the flag had selected. */
export class FlagMigrationRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slug: string): Promise<FlagToMigrate | null> {
    const [row] = await queryRows<FlagToMigrate>(
      this.#pool,
      `SELECT "slug", "type", coalesce("enabled", false) AS "enabled", "rolloutUnit" IS NOT NULL AS "isRolledOut", coalesce("description", '') AS description, "metadata", "version",
         (SELECT ${NAME} FROM "experiment_host_users" WHERE "id" = "Feature"."updatedBy" LIMIT 1) AS "updatedByName"
       FROM "Feature" WHERE "slug" = $1`,
      [slug],
    );
    return row ?? null;
  }

  async countSelected(slug: string, unit: ConvertibleUnit): Promise<Selected> {
    const [row] = await readLong<Selected>(
      this.#pool,
      `${SELECTED[unit]} SELECT count(*) FILTER (WHERE "enabled")::int AS "on",
         count(*) FILTER (WHERE NOT "enabled")::int AS "off" FROM nearest`,
      [slug],
    );
    return row ?? { on: 0, off: 0 };
  }

  /** Whether it became one; not if the flag has another version by now. */
  async convert(actorId: HostId, { slug, version }: Version, config: ExperimentConfig): Promise<boolean> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const became = await execute(
        transaction,
        `UPDATE "Feature" SET "type" = 'EXPERIMENT', "enabled" = false, "metadata" = $3, "updatedBy" = $4
         WHERE "slug" = $1 AND "version" = $2::bigint AND "type" IS DISTINCT FROM 'EXPERIMENT'`,
        [slug, version, writeConfig(config), actorId],
      );
      return became > 0;
    });
  }

  /**
   * Destroys the imported rows, and returns how many. Null if the experiment has another version by now, or rows of its
   * own.
   */
  revert(actorId: HostId, { slug, version }: Version, flag: RevertedFlag): Promise<number | null> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const became = await queryRowsLong(
        transaction,
        `UPDATE "Feature" SET "type" = $3, "enabled" = false, "metadata" = $4, "updatedBy" = $5
         WHERE "slug" = $1 AND "version" = $2::bigint AND "type" = 'EXPERIMENT' AND NOT EXISTS (
           SELECT 1 FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED'
         ) RETURNING "slug"`,
        [slug, version, flag.type, flag.metadata === null ? null : JSON.stringify(flag.metadata), actorId],
        LONG_WRITE_MS,
      );
      if (became.length === 0) return null;
      const { assignments } = await destroyRows(transaction, slug);
      for (const table of TABLES_OF_AN_EXPERIMENT)
        await execute(transaction, `DELETE FROM "${table}" WHERE "experimentSlug" = $1`, [slug]);
      return assignments;
    });
  }

  async countOwnRows(slug: string): Promise<number> {
    const [row] = await readLong<{ count: number }>(
      this.#pool,
      `SELECT count(*)::int AS count FROM "ExperimentVariant"
       WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED'`,
      [slug],
    );
    return row?.count ?? 0;
  }
}
