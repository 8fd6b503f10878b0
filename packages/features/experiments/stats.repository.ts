import { type Pool, select } from "./lib/server/sql";

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

const COUNT_TIMEOUT_MS = 15_000;

/** What was recorded, counted. */
export class StatsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Subjects per variant: a person is counted once, by the earliest exposure over all of its browsers, and
   * not at all where those saw two variants. A conversion counts in whichever of them it happened, from the
   * first exposure until the window closes or the experiment ends.
   */
  async count(slug: string, windowDays: number, endedAt: string | null): Promise<ExperimentCounts> {
    const [counts] = await select<ExperimentCounts>(
      this.#pool,
      COUNTS,
      [slug, windowDays, endedAt],
      COUNT_TIMEOUT_MS,
    );
    return counts ?? { variants: [], imported: 0, mixed: 0 };
  }
}

const COUNTS = `WITH assigned AS (
    SELECT assignment.*, coalesce(joined, assignment."id"::text) AS person, joined
    FROM "ExperimentVariant" AS assignment
    LEFT JOIN "VisitorLink" AS link ON link."visitorId" = assignment."visitorId"
    CROSS JOIN coalesce(link."userId"::text, assignment."metadata" ->> 'erasedPerson') AS joined
    WHERE assignment."experimentSlug" = $1 AND assignment."assignmentType" <> 'IMPORTED'
  ), mixed AS (
    SELECT joined FROM assigned WHERE joined IS NOT NULL AND "exposedAt" IS NOT NULL
    GROUP BY joined HAVING count(DISTINCT "variant") > 1
  ), subject AS (
    SELECT DISTINCT ON (person) * FROM assigned WHERE joined IS NULL OR joined NOT IN (SELECT joined FROM mixed)
    ORDER BY person, "exposedAt" NULLS LAST, "assignedAt"
  ), counting AS (
    SELECT DISTINCT subject."id", subject."variant", conversion."conversionEvent" AS event
    FROM subject JOIN assigned AS browser USING (person)
    JOIN "ExperimentConversion" AS conversion ON conversion."assignmentId" = browser."id"
    WHERE conversion."occurredAt" >= subject."exposedAt"
      AND conversion."occurredAt" < least(subject."exposedAt" + make_interval(days => $2), $3::timestamptz)
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
    (SELECT count(*)::int FROM "ExperimentVariant"
      WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED') AS imported,
    (SELECT count(*)::int FROM mixed) AS mixed`;
