const SLICES = 400;

const OF_EXPERIMENT = `"experimentSlug" = $1 AND "exposedAt" < coalesce(least($2::timestamptz, $3::date), 'infinity')
      AND "assignmentType" <> 'IMPORTED'`;

/** Whether an experiment has exposed more than so many. Parameters: $1 slug, $2 its end or null, $3 the cut or null, $4. */
export const HAS_MORE_SQL = `SELECT count(*)::int > $4::int AS "hasMore" FROM (
    SELECT FROM "ExperimentVariant" WHERE ${OF_EXPERIMENT}
    ORDER BY "exposedAt" LIMIT $4::int + 1
  ) AS few`;

/**
 * Picks so many of them ($4), as many from each slice of the time in which they came, so that nights and weekends are in
 * it as they were. Each slice is read from the index, and only as far as it is needed. The same parameters.
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
