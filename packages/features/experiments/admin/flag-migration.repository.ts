import type { Json } from "@calcom/lib/json";
import { joinSaid, levelFor, NEAREST_FIRST } from "../../teams/utils";
import { type Pool, queryRows, type SqlRunner, withActor } from "../sql/runner";
import type { ExperimentConfig } from "../types/config";
import type { Unit } from "../types/settings";

export interface FlagToMigrate {
  slug: string;
  type: "RELEASE" | "EXPERIMENT" | "OPERATIONAL" | "KILL_SWITCH" | "PERMISSION";
  enabled: boolean;
  description: string;
  metadata: Json | null;
  version: number;
}

/** How many subjects the flag decides about by a row: their own, their team's or their organization's. */
export interface Selected {
  on: number;
  off: number;
}

export type ConvertibleUnit = Exclude<Unit, "visitor">;

/** Turns a row of `Feature` from a flag into an experiment and back, and carries along whom the flag had selected. */
export class FlagMigrationRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slug: string): Promise<FlagToMigrate | null> {
    const [row] = await queryRows<FlagToMigrate>(
      this.#pool,
      `SELECT "slug", "type", "enabled", coalesce("description", '') AS description, "metadata", "version"
       FROM "Feature" WHERE "slug" = $1`,
      [slug],
    );
    return row ?? null;
  }

  async countSelected(slug: string, unit: ConvertibleUnit): Promise<Selected> {
    const [row] = await queryRows<Selected>(
      this.#pool,
      `${SELECTED[unit]} SELECT count(*) FILTER (WHERE "enabled")::int AS "on",
         count(*) FILTER (WHERE NOT "enabled")::int AS "off" FROM nearest`,
      [slug],
      TIMEOUT_MS,
    );
    return row ?? { on: 0, off: 0 };
  }

  /** False if the flag has another version by now. */
  convert(
    actorId: number,
    { slug, version }: { slug: string; version: number },
    config: ExperimentConfig,
    variants: { on: string; off: string },
  ): Promise<boolean> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const became = await queryRows(
        transaction,
        `UPDATE "Feature" SET "type" = 'EXPERIMENT', "enabled" = false, "metadata" = $3, "updatedBy" = $4
         WHERE "slug" = $1 AND "version" = $2 AND "type" <> 'EXPERIMENT' RETURNING "slug"`,
        [slug, version, JSON.stringify(config), actorId],
      );
      if (became.length === 0) return false;
      await importSelected(transaction, slug, config.unit as ConvertibleUnit, variants);
      return true;
    });
  }

  /** Deletes the imported rows as well. False if the experiment has another version by now, or rows of its own. */
  revert(
    actorId: number,
    { slug, version }: { slug: string; version: number },
    flag: RevertedFlag,
  ): Promise<boolean> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const became = await queryRows(
        transaction,
        `UPDATE "Feature" SET "type" = $3::"FeatureType", "enabled" = false, "metadata" = $4, "updatedBy" = $5
         WHERE "slug" = $1 AND "version" = $2 AND "type" = 'EXPERIMENT' AND NOT EXISTS (
           SELECT 1 FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED'
         ) RETURNING "slug"`,
        [slug, version, flag.type, flag.metadata === null ? null : JSON.stringify(flag.metadata), actorId],
      );
      if (became.length === 0) return false;
      await queryRows(
        transaction,
        `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
        [slug],
        TIMEOUT_MS,
      );
      await queryRows(transaction, `DELETE FROM "ExperimentEpoch" WHERE "experimentSlug" = $1`, [slug]);
      return true;
    });
  }

  async countOwnRows(slug: string): Promise<number> {
    const [row] = await queryRows<{ count: number }>(
      this.#pool,
      `SELECT count(*)::int AS count FROM "ExperimentVariant"
       WHERE "experimentSlug" = $1 AND "assignmentType" <> 'IMPORTED'`,
      [slug],
      TIMEOUT_MS,
    );
    return row?.count ?? 0;
  }
}

export type RevertedFlag = NonNullable<ExperimentConfig["convertedFrom"]>;

const TIMEOUT_MS = 60_000;

function importSelected(
  transaction: SqlRunner,
  slug: string,
  unit: ConvertibleUnit,
  variants: { on: string; off: string },
): Promise<unknown> {
  return queryRows(
    transaction,
    `${SELECTED[unit]} INSERT INTO "ExperimentVariant" ("experimentSlug", "${unit}Id", "variant", "assignmentType")
     SELECT $1, nearest."id", CASE WHEN nearest."enabled" THEN $2 ELSE $3 END, 'IMPORTED'
     FROM nearest ORDER BY nearest."id" ON CONFLICT DO NOTHING`,
    [slug, variants.on, variants.off],
    TIMEOUT_MS,
  );
}

// This must agree with how flags are resolved, or people would lose what they have.
const SELECTED: Record<ConvertibleUnit, string> = {
  user: `WITH said AS (
      SELECT "userId" AS "id", 1 AS "level", "enabled" FROM "UserFeatures" WHERE "featureId" = $1
      UNION ALL
      SELECT membership."userId", ${levelFor("team")}, "said"."enabled"
      FROM "Team" AS team ${joinSaid("team")}
      JOIN "Membership" AS membership ON membership."teamId" = team."id" AND membership."accepted"
      WHERE "said"."featureId" = $1
    ), nearest AS (
      SELECT DISTINCT ON ("id") "id", "enabled" FROM said ORDER BY "id", ${NEAREST_FIRST}
    )`,
  team: `WITH said AS (
      SELECT team."id", ${levelFor("team")} AS "level", "said"."enabled"
      FROM "Team" AS team ${joinSaid("team")} WHERE "said"."featureId" = $1
    ), nearest AS (
      SELECT DISTINCT ON ("id") "id", "enabled" FROM said ORDER BY "id", ${NEAREST_FIRST}
    )`,
};
