import { MOST_DAYS } from "../recount-rows";

const SLICES = 400;

/** Without times of long ago that somebody has written past the gate: most slices would be empty. */
const OF_EXPERIMENT = `"experimentSlug" = $1 AND "exposedAt" >= now() - interval '${MOST_DAYS} days' AND "exposedAt" < coalesce(least($2::timestamptz, $3::date), 'infinity')
      AND "assignmentType" <> 'IMPORTED'`;

/** Whether more than $4 subjects were exposed. Parameters: $1 slug, $2 its end or null, $3 the cut or null, $4. */
export const HAS_MORE_SQL = `SELECT count(*)::int > $4::int AS "hasMore" FROM (
    SELECT FROM "ExperimentVariant" WHERE ${OF_EXPERIMENT}
    ORDER BY "exposedAt" LIMIT $4::int + 1
  ) AS few`;

/**
 * Samples $4 of them, equally many from each slice of time, so that nights and weekends keep their share. Each slice is
 * read from the index, and only as far as needed. The same parameters.
 */
export const SAMPLE_SQL = `WITH span AS (
    SELECT first, (least($2::timestamptz, $3::date, now()) - first) / ${SLICES} AS step FROM (
      SELECT min("exposedAt") AS first FROM "ExperimentVariant" WHERE ${OF_EXPERIMENT}
    ) AS beginning
  )
  SELECT picked."id" FROM span, generate_series(0, ${SLICES - 1}) AS slice CROSS JOIN LATERAL (
    SELECT "id" FROM "ExperimentVariant"
    WHERE ${OF_EXPERIMENT} AND "exposedAt" >= first + slice * step AND "exposedAt" < first + (slice + 1) * step
    ORDER BY "exposedAt" LIMIT $4::int / ${SLICES}
  ) AS picked`;
