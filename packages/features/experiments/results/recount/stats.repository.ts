import { queryRowsLong, readLong } from "../../sql/long-statement";
import { inTransaction, type Pool } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { IS_RECENT } from "./few-rows-sql";
import { BEGIN_RECOUNT, RECOUNT_MS, readAsOf } from "./recount.repository";
import {
  buildConversionsSql,
  buildMixedCountSql,
  buildSubjectsSql,
  IMPORTED_COUNT,
  IS_PROVISIONAL,
} from "./subjects-sql";

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

/** All that is stored of a count. */
export interface TakenCounts {
  asOf: Date;
  assignments: number;
  recentExposures: number;
  counts: ExperimentCounts;
}

export interface CountsQuestion {
  unit: Unit;
  windowDays: number;
  endedAt: string | null;
}

/** Counts what was recorded. It agrees with the recount of results on who is a subject. */
export class StatsRepository {
  readonly #pool: Pool;
  readonly #replica: Pool;

  /** What is stored is counted on the replica, if there is one. */
  constructor(pool: Pool, replica = pool) {
    this.#pool = pool;
    this.#replica = replica;
  }

  /**
   * Counts subjects per variant. A person is counted once, by the earliest exposure over all browsers, whatever the
   * others saw. A conversion in any of the browsers counts, from the first exposure until the window closes or the
   * experiment ends.
   */
  async count(slug: string, question: CountsQuestion): Promise<ExperimentCounts> {
    const { text, values } = buildCounts(slug, question);
    const [counts] = await readLong<ExperimentCounts>(this.#pool, text, values);
    return counts ?? { variants: [], imported: 0, mixed: 0 };
  }

  /** Counts the same for storing, together with all rows, in the time and the memory that a recount has. */
  take(slug: string, question: CountsQuestion): Promise<TakenCounts> {
    return inTransaction(
      this.#replica,
      async (transaction) => {
        const asOf = await readAsOf(transaction);
        const { text, values } = buildCounts(slug, question);
        const rows = `${text},
          (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1)
            - (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_PROVISIONAL}) AS assignments,
          (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_RECENT}) AS "recentExposures"`;
        const [counted] = await queryRowsLong<ExperimentCounts & Omit<TakenCounts, "asOf" | "counts">>(
          transaction,
          rows,
          values,
          RECOUNT_MS,
        );
        const {
          assignments = 0,
          recentExposures = 0,
          variants = [],
          imported = 0,
          mixed = 0,
        } = counted ?? {};
        return { asOf, assignments, recentExposures, counts: { variants, imported, mixed } };
      },
      BEGIN_RECOUNT,
    );
  }
}

function buildCounts(slug: string, { unit, windowDays, endedAt }: CountsQuestion) {
  return { text: buildCountsSql(unit), values: [slug, windowDays * 24, endedAt] };
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
