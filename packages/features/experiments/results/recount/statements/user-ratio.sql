-- What a recount runs for experiments by user, with one metric: ratio.
-- Generated from results/recount/*-sql.ts. Do not edit it; write it anew by
--   npx vitest run --project unit packages/features/experiments/results/recount/statements.test.ts -u
-- `npm run experiments -- sql <slug>` prints that of one experiment, ready to be run.
-- Parameters:
--   $1::text: slug of the experiment
--   $2::int: conversion window in hours
--   $3::timestamptz: end of the experiment; NULL if it has not ended
--   $4::date: segments and novelty count subjects exposed before this day; NULL for all, once it has ended

WITH subject AS NOT MATERIALIZED (
    SELECT assignment."id",
      assignment."variant",
      assignment."epoch",
      CASE
        WHEN $3::timestamptz IS NULL
          OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt"
      END AS "exposedAt",
      (
        CASE
          WHEN $3::timestamptz IS NULL
            OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt"
        END AT TIME ZONE INTERVAL '0'
      )::date AS day,
      least(
        CASE
          WHEN $3::timestamptz IS NULL
            OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt"
        END + make_interval(hours => $2::int),
        $3::timestamptz
      ) AS until,
      assignment."metadata" AS facts,
      assignment."userId" AS key
    FROM "ExperimentVariant" AS assignment
    WHERE assignment."experimentSlug" = $1
      AND "assignmentType" <> 'IMPORTED'
      AND ($3::timestamptz IS NULL OR "assignedAt" < $3::timestamptz)
  ),
  happened AS MATERIALIZED (
    SELECT subject."id",
      subject."epoch",
      subject."variant",
      subject.day,
      subject."exposedAt",
      conversion."conversionEvent" AS event,
      conversion."occurredAt" AS at,
      conversion."value"::float8 AS value
    FROM "ExperimentConversion" AS conversion
    JOIN "ExperimentVariant" AS own ON own."id" = conversion."assignmentId"
    CROSS JOIN LATERAL (SELECT own.*) AS assignment
    CROSS JOIN LATERAL (
      SELECT assignment."id",
        assignment."variant",
        assignment."epoch",
        assignment."exposedAt" AS "exposedAt",
        (assignment."exposedAt" AT TIME ZONE INTERVAL '0')::date AS day,
        least(assignment."exposedAt" + make_interval(hours => $2::int), $3::timestamptz) AS until
    ) AS subject
    WHERE conversion."experimentSlug" = $1
      AND own."experimentSlug" = $1
      AND own."assignmentType" <> 'IMPORTED'
      AND conversion."occurredAt" >= subject."exposedAt"
      AND conversion."occurredAt" < subject.until
      AND conversion."conversionEvent" IN ('bought')
  ),
  acts AS MATERIALIZED (
    SELECT "id",
      "epoch",
      "variant",
      day,
      "exposedAt",
      sum(
        greatest(least(coalesce(value, 0), 1000000000::float8), -1000000000::float8)
      ) FILTER (WHERE event IN ('bought')) AS y_0,
      sum(1::float8) FILTER (WHERE event IN ('bought')) AS x_0,
      min(at) FILTER (WHERE event IN ('bought') OR event IN ('bought')) AS at_0
    FROM happened
    GROUP BY "id", "epoch", "variant", day, "exposedAt"
  ),
  piece_0 AS NOT MATERIALIZED (
    SELECT "id",
      "epoch",
      "variant",
      day,
      "exposedAt",
      at AS at,
      greatest(least(coalesce(value, 0), 1000000000::float8), -1000000000::float8) AS y,
      0::float8 AS x
    FROM happened
    WHERE event IN ('bought')
    UNION ALL
    SELECT "id", "epoch", "variant", day, "exposedAt", at AS at, 0::float8 AS y, 1::float8 AS x
    FROM happened
    WHERE event IN ('bought')
  ),
  sums_0 AS NOT MATERIALIZED (
    SELECT "id",
      "epoch",
      "variant",
      day,
      "exposedAt",
      coalesce(y_0, 0) AS y,
      coalesce(x_0, 0) AS x,
      at_0 AS at
    FROM acts
    WHERE at_0 IS NOT NULL
  ),
  unit_0 AS NOT MATERIALIZED (
    SELECT "id", "epoch", "variant", day, "exposedAt", y AS y, x AS x, at FROM sums_0
  ),
  population AS (
    SELECT "epoch",
      "variant",
      (
        CASE
          WHEN $3::timestamptz IS NULL
            OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt"
        END AT TIME ZONE INTERVAL '0'
      )::date AS day,
      count(*)::int AS n
    FROM "ExperimentVariant" AS assignment
    WHERE "experimentSlug" = $1
      AND "assignmentType" <> 'IMPORTED'
      AND ($3::timestamptz IS NULL OR "assignedAt" < $3::timestamptz)
    GROUP BY "epoch",
      "variant",
      (
        CASE
          WHEN $3::timestamptz IS NULL
            OR assignment."exposedAt" < $3::timestamptz THEN assignment."exposedAt"
        END AT TIME ZONE INTERVAL '0'
      )::date
  ),
  erased AS (
    SELECT "epoch", "variant", day, count(*)::int AS n
    FROM subject
    WHERE "id" IN (
      SELECT "id"
      FROM "ExperimentVariant"
      WHERE "experimentSlug" = $1 AND num_nonnulls("userId", "teamId", "visitorId") = 0
    )
    GROUP BY "epoch", "variant", day
  ),
  fact_day AS MATERIALIZED (
    SELECT fact.key AS fact,
      fact.value,
      subject."epoch",
      subject."variant",
      subject.day,
      count(*)::int AS n,
      (count(*) FILTER (WHERE unit.y > 0))::int AS converted,
      coalesce(sum(unit.y), 0) AS y,
      coalesce(sum(unit.x), 0) AS x,
      count(unit.y)::int AS acted,
      avg(unit.y) AS "yMean",
      regr_syy(unit.y, unit.x) AS "yM2",
      avg(unit.x) AS "xMean",
      regr_sxx(unit.y, unit.x) AS "xM2",
      regr_sxy(unit.y, unit.x) AS comoment
    FROM subject
    CROSS JOIN LATERAL jsonb_each(
      (
        subject.facts - ARRAY['attributes', 'memberCount', 'erasedPerson']
      ) || coalesce(subject.facts -> 'attributes', '{}')
    ) AS fact
    LEFT JOIN unit_0 AS unit ON unit."id" = subject."id"
    WHERE subject.facts IS NOT NULL
      AND subject.day IS NOT NULL
      AND jsonb_typeof(fact.value) IN ('string', 'number', 'boolean')
    GROUP BY fact.key, fact.value, subject."epoch", subject."variant", subject.day
  ),
  fact_value AS MATERIALIZED (
    SELECT fact,
      value,
      sum(n)::int AS n,
      row_number() OVER (PARTITION BY fact ORDER BY sum(n) DESC, value) <= 12
        AND sum(n) >= 5 AS is_kept
    FROM fact_day
    GROUP BY fact, value
  ),
  fact_mean AS (
    SELECT fact_day.*,
      sum(acted * "yMean") OVER arm / nullif(sum(acted) OVER arm, 0) AS y_mean,
      sum(acted * "xMean") OVER arm / nullif(sum(acted) OVER arm, 0) AS x_mean
    FROM fact_day
    JOIN fact_value USING (fact, value)
    WHERE is_kept AND ($4::date IS NULL OR day < $4::date)
    WINDOW arm AS (PARTITION BY fact, value, "epoch", "variant")
  ),
  segment AS (
    SELECT fact,
      value,
      "epoch",
      "variant",
      sum(n)::int AS n,
      sum(converted)::int AS converted,
      sum(y) AS y,
      sum(x) AS x,
      sum(acted)::int AS acted,
      coalesce(max(y_mean), 0) AS "yMean",
      coalesce(max(x_mean), 0) AS "xMean",
      coalesce(sum("yM2" + acted * ("yMean" - y_mean) ^ 2), 0) AS "yM2",
      coalesce(sum("xM2" + acted * ("xMean" - x_mean) ^ 2), 0) AS "xM2",
      coalesce(sum(comoment + acted * ("yMean" - y_mean) * ("xMean" - x_mean)), 0) AS comoment
    FROM fact_mean
    GROUP BY fact, value, "epoch", "variant"
  ),
  segment_split AS (
    SELECT fact, value, "epoch", "variant", jsonb_object_agg(day::text, fact_day.n) AS days
    FROM fact_day
    JOIN fact_value USING (fact, value)
    WHERE is_kept
    GROUP BY fact, value, "epoch", "variant"
  )
SELECT (
    SELECT count(*)::int
    FROM "ExperimentVariant"
    WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED'
  ) AS imported,
  0 AS mixed,
  (SELECT coalesce(jsonb_agg(population), '[]') FROM population) AS population,
  (SELECT coalesce(jsonb_agg(erased), '[]') FROM erased) AS erased,
  (
    SELECT coalesce(jsonb_agg(line), '[]')
    FROM (
      SELECT 'value-per-purchase' AS metric,
        "epoch",
        "variant",
        day,
        count(*)::int AS n,
        (count(*) FILTER (WHERE y > 0))::int AS conversions,
        avg(y) AS "yMean",
        regr_syy(y, x) AS "yM2",
        avg(x) AS "xMean",
        regr_sxx(y, x) AS "xM2",
        regr_sxy(y, x) AS comoment,
        min(y) AS "yMin",
        min(x) AS "xMin"
      FROM unit_0
      GROUP BY "epoch", "variant", day
    ) AS line
  ) AS moments,
  '[]'::jsonb AS novelty,
  $4::date AS cut,
  (SELECT coalesce(jsonb_agg(segment), '[]') FROM segment) AS segments,
  (SELECT coalesce(jsonb_agg(segment_split), '[]') FROM segment_split) AS "segmentSplit",
  (
    SELECT coalesce(jsonb_agg(small), '[]')
    FROM (
      SELECT fact, count(*)::int AS "values", sum(n)::int AS subjects
      FROM fact_value
      WHERE NOT is_kept
      GROUP BY fact
    ) AS small
  ) AS "smallSegments";
