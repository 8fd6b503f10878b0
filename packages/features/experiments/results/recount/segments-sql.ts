/**
 * Subjects by each scalar fact that was frozen into their rows, in one scan. `metric` is the index of the metric that
 * segments are counted for; null for none.
 *
 * - `fact_day`: by value, epoch, variant and day of exposure, whether or not a window has closed
 * - `fact_value`: the values by size, of which the largest are kept, and none of fewer subjects than `least`
 * - `segment`: moments of the metric among subjects exposed before $4, and in `n` those who did nothing too
 * - `segment_split`: who was exposed when, for the test of the split at each look
 */
export function buildSegmentParts(
  metric: number | null,
  { most, least }: { most: number; least: number },
): string[] {
  const counted =
    metric === null
      ? ""
      : `,
      (count(*) FILTER (WHERE unit.y > 0))::int AS converted, coalesce(sum(unit.y), 0) AS y, coalesce(sum(unit.x), 0) AS x,
      count(unit.y)::int AS acted, avg(unit.y) AS "yMean", regr_syy(unit.y, unit.x) AS "yM2",
      avg(unit.x) AS "xMean", regr_sxx(unit.y, unit.x) AS "xM2", regr_sxy(unit.y, unit.x) AS comoment`;
  return [
    `fact_day AS MATERIALIZED (
    SELECT fact.key AS fact, fact.value, subject."epoch", subject."variant", subject.day, count(*)::int AS n${counted}
    FROM subject
    CROSS JOIN LATERAL jsonb_each(
      (subject.facts - ARRAY['attributes', 'memberCount', 'erasedPerson']) || coalesce(subject.facts -> 'attributes', '{}')
    ) AS fact
    ${metric === null ? "" : `LEFT JOIN unit_${metric} AS unit ON unit."id" = subject."id"`}
    WHERE subject.facts IS NOT NULL AND subject.day IS NOT NULL
      AND jsonb_typeof(fact.value) IN ('string', 'number', 'boolean')
    GROUP BY fact.key, fact.value, subject."epoch", subject."variant", subject.day
  )`,
    `fact_value AS MATERIALIZED (
    SELECT fact, value, sum(n)::int AS n,
      row_number() OVER (PARTITION BY fact ORDER BY sum(n) DESC, value) <= ${most}
        ${least > 1 ? `AND sum(n) >= ${least} ` : ""}AS is_kept
    FROM fact_day GROUP BY fact, value
  )`,
    ...(metric === null ? [] : buildSegmentSql()),
    `segment_split AS (
    SELECT fact, value, "epoch", "variant", jsonb_object_agg(day::text, fact_day.n) AS days
    FROM fact_day JOIN fact_value USING (fact, value) WHERE is_kept GROUP BY fact, value, "epoch", "variant"
  )`,
  ];
}

/** Moments of days are added by what each day's mean is from that of all: nothing is subtracted that could cancel. */
function buildSegmentSql(): string[] {
  return [
    `fact_mean AS (
    SELECT fact_day.*, sum(acted * "yMean") OVER arm / nullif(sum(acted) OVER arm, 0) AS y_mean,
      sum(acted * "xMean") OVER arm / nullif(sum(acted) OVER arm, 0) AS x_mean
    FROM fact_day JOIN fact_value USING (fact, value)
    WHERE is_kept AND ($4::date IS NULL OR day < $4::date)
    WINDOW arm AS (PARTITION BY fact, value, "epoch", "variant")
  )`,
    `segment AS (
    SELECT fact, value, "epoch", "variant", sum(n)::int AS n, sum(converted)::int AS converted, sum(y) AS y, sum(x) AS x,
      sum(acted)::int AS acted, coalesce(max(y_mean), 0) AS "yMean", coalesce(max(x_mean), 0) AS "xMean",
      coalesce(sum("yM2" + acted * ("yMean" - y_mean) ^ 2), 0) AS "yM2",
      coalesce(sum("xM2" + acted * ("xMean" - x_mean) ^ 2), 0) AS "xM2",
      coalesce(sum(comoment + acted * ("yMean" - y_mean) * ("xMean" - x_mean)), 0) AS comoment
    FROM fact_mean GROUP BY fact, value, "epoch", "variant"
  )`,
  ];
}

/** The part that the statement returns. */
export function buildSegmentColumns(metric: number | null): string {
  return `${metric === null ? "'[]'::jsonb" : "(SELECT coalesce(jsonb_agg(segment), '[]') FROM segment)"} AS segments,
    (SELECT coalesce(jsonb_agg(segment_split), '[]') FROM segment_split) AS "segmentSplit",
    (SELECT coalesce(jsonb_agg(small), '[]') FROM (
      SELECT fact, count(*)::int AS "values", sum(n)::int AS subjects FROM fact_value WHERE NOT is_kept GROUP BY fact
    ) AS small) AS "smallSegments"`;
}
