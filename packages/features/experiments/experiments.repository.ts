import type { StoredExperiment } from "./serve/config/compiled-experiments";
import { type Pool, queryRows } from "./sql/runner";
import type { Epoch } from "./types/admin";
import type { Unit } from "./types/settings";

/** An experiment as it is stored. */
export interface ExperimentRow extends StoredExperiment {
  description: string;
}

/** Reads experiments for whatever decides about them: by key, whatever they have gathered. */
export class ExperimentsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slug: string): Promise<ExperimentRow | null> {
    const [row] = await queryRows<ExperimentRow>(
      this.#pool,
      `SELECT "slug", "enabled", "metadata", "version", coalesce("description", '') AS description
       FROM "Feature" WHERE "type" = 'EXPERIMENT' AND "slug" = $1`,
      [slug],
    );
    return row ?? null;
  }

  /** Whether anybody was assigned. */
  async hasAssignments(slug: string): Promise<boolean> {
    const rows = await queryRows(
      this.#pool,
      // In the order of the index, or the planner takes any row to be likely one of these, and reads all that are not.
      `SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 ORDER BY "exposedAt" LIMIT 1`,
      [slug],
    );
    return rows.length > 0;
  }

  listEpochs(slug: string): Promise<Epoch[]> {
    return queryRows(
      this.#pool,
      `SELECT "number", "weights", "trafficPercentage"::float8 AS "trafficPercentage", "startedAt", "endedAt"
       FROM "ExperimentEpoch" WHERE "experimentSlug" = $1 ORDER BY "number"`,
      [slug],
    );
  }

  /** Finds the units of the other experiments in these exclusion groups. */
  findUnitsInGroups(
    groups: string[],
    exceptSlug: string,
  ): Promise<{ slug: string; unit: Unit; group: string }[]> {
    return queryRows(
      this.#pool,
      `SELECT feature."slug", feature."metadata" ->> 'unit' AS unit, member ->> 'name' AS "group"
       FROM "Feature" AS feature, jsonb_array_elements(
         CASE jsonb_typeof(feature."metadata" -> 'exclusionGroups')
           WHEN 'array' THEN feature."metadata" -> 'exclusionGroups' ELSE '[]' END
       ) AS member
       WHERE feature."type" = 'EXPERIMENT' AND feature."slug" <> $2 AND member ->> 'name' = ANY($1)`,
      [groups, exceptSlug],
    );
  }
}
