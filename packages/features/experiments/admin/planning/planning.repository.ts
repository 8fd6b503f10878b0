import { readLong } from "../../sql/long-statement";
import type { Pool } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import type { StoredFeature } from "../../utils/stored-config";

/** The new subjects of one experiment, day by day since its first exposure in the period that was asked for. */
export interface Arrivals {
  slug: string;
  /** The number of different subjects seen up to the end of each day. */
  cumulative: number[];
}

/** Reads recorded traffic, to estimate future traffic. */
export class PlanningRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Finds the experiment of that unit with the most exposures in the last weeks; null if there is none. */
  async findBusiest(unit: Unit, weeks: number): Promise<Arrivals | null> {
    const rows = await readLong<{ slug: string; day: number; n: number }>(
      this.#pool,
      BUSIEST,
      [unit, weeks * 7],
      LIMIT_MS,
    );
    const [first] = rows;
    if (first === undefined) return null;
    const days = Math.max(...rows.map(({ day }) => day)) + 1;
    const cumulative: number[] = [];
    for (let day = 0, seen = 0; day < days; day++) {
      seen += rows.find((row) => row.day === day)?.n ?? 0;
      cumulative.push(seen);
    }
    return { slug: first.slug, cumulative };
  }

  /** The other experiments of that unit that let people in now, the latest first. */
  listRunning(unit: Unit, exceptSlug: string): Promise<StoredFeature[]> {
    return readLong<StoredFeature>(
      this.#pool,
      `SELECT "slug", "enabled", "metadata" FROM "Feature"
       WHERE "type" = 'EXPERIMENT' AND "metadata" ->> 'status' = 'running' AND "slug" <> $2
         AND coalesce("metadata" ->> 'unit', 'user') = $1
       ORDER BY "updatedAt" DESC, "slug" LIMIT 200`,
      [unit, exceptSlug],
      LIMIT_MS,
    );
  }
}

/** A start waits for it no longer: it then freezes the default plan. */
const LIMIT_MS = 5_000;

// Answered from the recount's covering index alone. Today is left out because it is not over.
const BUSIEST = `WITH seen AS (
    SELECT assignment."experimentSlug" AS slug, (assignment."exposedAt" AT TIME ZONE INTERVAL '0')::date AS day, count(*)::int AS n
    FROM "ExperimentVariant" AS assignment
    WHERE assignment."experimentSlug" IN (
        SELECT "slug" FROM "Feature" WHERE "type" = 'EXPERIMENT' AND coalesce("metadata" ->> 'unit', 'user') = $1
      )
      AND assignment."exposedAt" >= date_trunc('day', now(), 'UTC') - make_interval(days => $2)
      AND assignment."exposedAt" < date_trunc('day', now(), 'UTC')
      AND assignment."assignmentType" <> 'IMPORTED'
    GROUP BY 1, 2
  ), busiest AS (
    SELECT slug, min(day) AS since FROM seen GROUP BY slug ORDER BY sum(n) DESC, slug LIMIT 1
  )
  SELECT seen.slug, seen.day - busiest.since AS day, seen.n
  FROM seen JOIN busiest ON busiest.slug = seen.slug ORDER BY seen.day`;
