import { readLong } from "../../sql/long-statement";
import type { Pool } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { buildConversionsSql, buildMixedCountSql, buildSubjectsSql, IMPORTED_COUNT } from "./subjects-sql";

export interface VariantCount {
  variant: string;
  assigned: number;
  exposed: number;
  converted: number;
  events: Record<string, number>;
}

export interface ExperimentCounts {
  variants: VariantCount[];
  imported: number;
  mixed: number;
}

/** Counts what was recorded. It agrees with the recount of results on who is a subject. */
export class StatsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Counts subjects per variant. A person is counted once, by the earliest exposure over all browsers, whatever the
   * others saw. A conversion in any of the browsers counts, from the first exposure until the window closes or the
   * experiment ends.
   */
  async count(
    slug: string,
    { unit, windowDays, endedAt }: { unit: Unit; windowDays: number; endedAt: string | null },
  ): Promise<ExperimentCounts> {
    const [counts] = await readLong<ExperimentCounts>(this.#pool, buildCountsSql(unit), [
      slug,
      windowDays * 24,
      endedAt,
    ]);
    return counts ?? { variants: [], imported: 0, mixed: 0 };
  }
}

const buildCountsSql = (unit: Unit) => `WITH ${buildSubjectsSql(unit)}, counting AS (
    SELECT DISTINCT subject."id", subject."variant", conversion."conversionEvent" AS event
    ${buildConversionsSql(unit)}
  ), per_event AS (
    SELECT "variant", event, count(*)::int AS converted FROM counting GROUP BY "variant", event
  ), per_variant AS (
    SELECT "variant", count(*)::int AS assigned, count("exposedAt")::int AS exposed FROM subject GROUP BY "variant"
  )
  SELECT
    coalesce((SELECT jsonb_agg(jsonb_build_object(
      'variant', per_variant."variant", 'assigned', assigned, 'exposed', exposed,
      'converted', (SELECT count(DISTINCT "id") FROM counting WHERE counting."variant" = per_variant."variant"),
      'events', coalesce((
        SELECT jsonb_object_agg(event, converted) FROM per_event WHERE per_event."variant" = per_variant."variant"
      ), '{}')
    )) FROM per_variant), '[]') AS variants,
    ${IMPORTED_COUNT} AS imported,
    ${buildMixedCountSql(unit)} AS mixed`;
