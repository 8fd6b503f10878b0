import type { Metric } from "../../metrics/define-metric";
import type { Unit } from "../../types/settings";
import { quoteLiteral } from "./metric-sql";
import { buildSegmentColumns, buildSegmentParts } from "./segments-sql";
import { buildMixedCountSql, buildPopulationSql, IMPORTED_COUNT, IS_ERASED } from "./subjects-sql";
import { buildUnitParts } from "./unit-parts-sql";

export interface RecountQuestion {
  unit: Unit;
  metrics: readonly Metric[];
  /** The metric that segments are counted for; null for none. */
  segmented: string | null;
}

/**
 * One statement for everything: who took part by day, and for each metric the moments of those who did something, by
 * epoch, variant and day of exposure. Whoever did nothing is known by number: `grid.ts` adds them, and days are
 * added up to the look that is wanted. Parameters: those of `buildSubjectsSql`, and $4, the day before which subjects
 * were exposed who count for segments and novelty; null for all.
 */
export function buildRecountSql({ unit, metrics, segmented }: RecountQuestion): string {
  const found = metrics.findIndex(({ key }) => key === segmented);
  const segment = found < 0 ? null : found;
  return `WITH ${[
    ...buildUnitParts(unit, metrics),
    `population AS (
    ${buildPopulationSql(unit)}
  ), erased AS (
    SELECT "epoch", "variant", day, count(*)::int AS n
    FROM subject WHERE "id" IN (SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_ERASED})
    GROUP BY "epoch", "variant", day
  )`,
    ...buildSegmentParts(segment),
  ].join(",\n  ")}
  SELECT ${IMPORTED_COUNT} AS imported,
    ${buildMixedCountSql(unit)} AS mixed,
    (SELECT coalesce(jsonb_agg(population), '[]') FROM population) AS population,
    (SELECT coalesce(jsonb_agg(erased), '[]') FROM erased) AS erased,
    ${collectJsonSql(metrics.map((metric, index) => buildMomentsSql(metric, index)))} AS moments,
    ${collectJsonSql(metrics.flatMap((metric, index) => (metric.kind === "ratio" ? [] : [buildNoveltySql(metric, index)])))} AS novelty,
    $4::date AS cut,
    ${buildSegmentColumns(segment)}`;
}

function collectJsonSql(selects: string[]): string {
  if (selects.length === 0) return "'[]'::jsonb";
  return `(SELECT coalesce(jsonb_agg(line), '[]') FROM (${selects.join(" UNION ALL ")}) AS line)`;
}

/** PostgreSQL's float8 aggregates are Youngs and Cramer's: mean and squared deviations without cancellation. */
function buildMomentsSql(metric: Metric, index: number): string {
  return `SELECT ${quoteLiteral(metric.key)} AS metric, "epoch", "variant", day, count(*)::int AS n,
      (count(*) FILTER (WHERE y > 0))::int AS conversions,
      avg(y) AS "yMean", regr_syy(y, x) AS "yM2", avg(x) AS "xMean", regr_sxx(y, x) AS "xM2", regr_sxy(y, x) AS comoment,
      min(y) AS "yMin", min(x) AS "xMin"
    FROM unit_${index} GROUP BY "epoch", "variant", day`;
}

/** Of an experiment that is over, those who had been there for a whole window. */
const IS_MATURE = `day < coalesce($4::date, ($3::timestamptz AT TIME ZONE INTERVAL '0')::date - $2::int / 24)`;
const SINCE = `floor(date_part('epoch', at - "exposedAt") / 86400)::int`;

/** Rates by the first conversion, means by everything that happened. */
function buildNoveltySql(metric: Metric, index: number): string {
  const from = metric.kind === "conversion" ? `unit_${index}` : `piece_${index}`;
  return `SELECT ${quoteLiteral(metric.key)} AS metric, "variant", ${SINCE} AS day, sum(y) AS value
    FROM ${from} WHERE at >= "exposedAt" AND ${IS_MATURE} GROUP BY "variant", ${SINCE}`;
}
