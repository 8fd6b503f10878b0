import type { Metric } from "../../metrics/define-metric";
import { quoteLiteral } from "../../metrics/quote-literal";
import { LEAST_SUBJECTS } from "../../types/segments";
import type { Unit } from "../../types/settings";
import { MOST_VALUES } from "../segments";
import { buildConvertedParts, buildDidColumns, CONVERTED_COLUMNS } from "./counts-sql";
import { buildSegmentColumns, buildSegmentParts } from "./segments-sql";
import { buildMixedCountSql, buildPopulationSql, IMPORTED_COUNT, IS_ERASED } from "./subjects-sql";
import { buildUnitParts, listEvents } from "./unit-parts-sql";

export interface RecountQuestion {
  unit: Unit;
  metrics: readonly Metric[];
  /** The metric that segments are counted for; null for none. */
  segmented: string | null;
  /**
   * How many values of each fact are kept, and of how many subjects at least: those that are shown by default. What is
   * stored outlives a person who is erased, so that no value of few people is among it.
   */
  kept?: { most: number; least: number };
  /** Whether it also counts what pages show beside the results: see `CountedRecount`. */
  hasCounts?: boolean;
}

/**
 * One statement for the whole recount: subjects by day, and for each metric the moments (count, mean, squared deviations)
 * of subjects with an event, by epoch, variant and day of exposure. Subjects without an event are only counted: `grid.ts`
 * adds them as zeros, and sums days up to a look.
 *
 * Parameters: those of `buildSubjectsSql`, and $4: segments and novelty use subjects exposed before that day; null for all.
 */
export function buildRecountSql({
  unit,
  metrics,
  segmented,
  kept = { most: MOST_VALUES, least: LEAST_SUBJECTS },
  hasCounts = false,
}: RecountQuestion): string {
  const found = metrics.findIndex(({ key }) => key === segmented);
  const segment = found < 0 ? null : found;
  const events = listEvents(metrics);
  return `WITH ${[
    ...buildUnitParts(unit, metrics, hasCounts ? { acts: buildDidColumns(events) } : {}),
    `population AS (
    ${buildPopulationSql(unit)}
  ), erased AS (
    SELECT "epoch", "variant", day, count(*)::int AS n
    FROM subject WHERE "id" IN (SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_ERASED})
    GROUP BY "epoch", "variant", day
  )`,
    ...buildSegmentParts(segment, kept),
    ...(hasCounts ? buildConvertedParts(unit, events) : []),
  ].join(",\n  ")}
  SELECT ${IMPORTED_COUNT} AS imported,
    ${buildMixedCountSql(unit)} AS mixed,
    (SELECT coalesce(jsonb_agg(population), '[]') FROM population) AS population,
    (SELECT coalesce(jsonb_agg(erased), '[]') FROM erased) AS erased,
    ${collectJsonSql(metrics.map((metric, index) => buildMomentsSql(metric, index)))} AS moments,
    ${collectJsonSql(metrics.flatMap((metric, index) => (metric.kind === "ratio" ? [] : [buildNoveltySql(metric, index)])))} AS novelty,
    $4::date AS cut,
    ${buildSegmentColumns(segment)}${
      hasCounts
        ? `,
    ${CONVERTED_COLUMNS}`
        : ""
    }`;
}

function collectJsonSql(selects: string[]): string {
  if (selects.length === 0) return "'[]'::jsonb";
  return `(SELECT coalesce(jsonb_agg(line), '[]') FROM (${selects.join(" UNION ALL ")}) AS line)`;
}

/** PostgreSQL's float8 aggregates use Youngs and Cramer's method: mean and squared deviations without cancellation. */
function buildMomentsSql(metric: Metric, index: number): string {
  return `SELECT ${quoteLiteral(metric.key)} AS metric, "epoch", "variant", day, count(*)::int AS n,
      (count(*) FILTER (WHERE y > 0))::int AS conversions,
      avg(y) AS "yMean", regr_syy(y, x) AS "yM2", avg(x) AS "xMean", regr_sxx(y, x) AS "xM2", regr_sxy(y, x) AS comoment,
      min(y) AS "yMin", min(x) AS "xMin"
    FROM unit_${index} GROUP BY "epoch", "variant", day`;
}

/** After the end: only subjects whose whole window passed before it. */
const IS_MATURE = `day < coalesce($4::date, ($3::timestamptz AT TIME ZONE INTERVAL '0')::date - $2::int / 24)`;
const SINCE = `floor(date_part('epoch', at - "exposedAt") / 86400)::int`;

/** Rates count the first conversion, means count every event. */
function buildNoveltySql(metric: Metric, index: number): string {
  const from = metric.kind === "conversion" ? `unit_${index}` : `piece_${index}`;
  return `SELECT ${quoteLiteral(metric.key)} AS metric, "variant", ${SINCE} AS day, sum(y) AS value
    FROM ${from} WHERE at >= "exposedAt" AND ${IS_MATURE} GROUP BY "variant", ${SINCE}`;
}
