import { listSources, type Metric } from "../../metrics/define-metric";
import { quoteLiteral } from "../../metrics/quote-literal";
import { readLong } from "../../sql/long-statement";
import type { Pool } from "../../sql/runner";
import type { Unit } from "../../types/settings";

export interface DayOfRows {
  day: string;
  rows: number;
  subjects: number;
}

/** How many days are counted, the last of which is yesterday (UTC). */
export const VOLUME_DAYS = 28;
/** A page waits for it no longer. */
const LIMIT_MS = 4_000;

/** Counts what a metric is made of, by day. */
export class MetricVolumeRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Of a ratio, its numerator. Every day is there. @throws ExperimentError `unavailable` if it takes too long */
  count(metric: Metric, unit: Unit): Promise<DayOfRows[]> {
    return readLong<DayOfRows>(
      this.#pool,
      `WITH counted AS (
         SELECT (happened."at" AT TIME ZONE INTERVAL '0')::date AS day, count(*)::int AS n,
           count(DISTINCT happened."subject")::int AS subjects
         FROM (
           ${buildHappenedSql(metric, unit)}
         ) AS happened
         WHERE happened."at" >= date_trunc('day', now(), 'UTC') - make_interval(days => $1)
           AND happened."at" < date_trunc('day', now(), 'UTC')
         GROUP BY 1
       )
       SELECT to_char(days.day, 'YYYY-MM-DD') AS day, coalesce(counted.n, 0) AS rows, coalesce(counted.subjects, 0) AS subjects
       FROM generate_series(
         (now() AT TIME ZONE INTERVAL '0')::date - $1::int, (now() AT TIME ZONE INTERVAL '0')::date - 1, interval '1 day'
       ) AS days (day) LEFT JOIN counted ON counted.day = days.day::date ORDER BY days.day`,
      [VOLUME_DAYS],
      LIMIT_MS,
    );
  }
}

function buildHappenedSql(metric: Metric, unit: Unit): string {
  const [source] = listSources(metric);
  if (source === undefined) return EMPTY;
  if ("events" in source)
    // By experiment, since that is how the index begins.
    return `SELECT conversion."assignmentId" AS subject, conversion."occurredAt" AS at
      FROM "ExperimentConversion" AS conversion
      WHERE conversion."experimentSlug" IN (
          SELECT "slug" FROM "Feature" WHERE "type" = 'EXPERIMENT' AND coalesce("metadata" ->> 'unit', 'user') = ${quoteLiteral(unit)}
        )
        AND conversion."conversionEvent" IN (${source.events.map(quoteLiteral).join(", ")})`;
  return source.query[unit === "team" ? "team" : "user"] ?? EMPTY;
}

const EMPTY = `SELECT NULL::int AS subject, NULL::timestamptz AS at WHERE false`;
