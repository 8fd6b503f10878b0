import type { Metric, MetricSource } from "../../metrics/define-metric";
import type { Unit } from "../../types/settings";
import {
  amountOf,
  capOf,
  isEventOf,
  isOfEvents,
  literal,
  piecesOf,
  sourcesOf,
  sumsOf,
  unitsOf,
} from "./metric-sql";
import { segmentColumns, segmentParts } from "./segments-sql";
import {
  conversionsOfSubjects,
  IMPORTED_COUNT,
  IS_ERASED,
  mixedCountSql,
  populationSql,
  subjectsSql,
} from "./subjects-sql";

export interface RecountQuestion {
  unit: Unit;
  metrics: readonly Metric[];
  /** The metric that segments are counted for; null for none. */
  segmented: string | null;
}

/**
 * One statement for everything: who took part by day, and for each metric the moments of those who did something, by
 * epoch, variant and day of exposure. Whoever did nothing is known by number: `grid.ts` adds them, and days are
 * added up to the look that is wanted. Parameters: those of `subjectsSql`, and $4, the day before which subjects
 * were exposed who count for segments and novelty; null for all.
 */
export function recountSql({ unit, metrics, segmented }: RecountQuestion): string {
  const found = metrics.findIndex(({ key }) => key === segmented);
  const segment = found < 0 ? null : found;
  return `WITH ${[
    ...unitParts(unit, metrics),
    `population AS (
    ${populationSql(unit)}
  ), erased AS (
    SELECT "epoch", "variant", day, count(*)::int AS n
    FROM subject WHERE "id" IN (SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_ERASED})
    GROUP BY "epoch", "variant", day
  )`,
    ...segmentParts(segment),
  ].join(",\n  ")}
  SELECT ${IMPORTED_COUNT} AS imported,
    ${mixedCountSql(unit)} AS mixed,
    (SELECT coalesce(jsonb_agg(population), '[]') FROM population) AS population,
    (SELECT coalesce(jsonb_agg(erased), '[]') FROM erased) AS erased,
    ${jsonOf(metrics.map((metric, index) => momentsOf(metric, index)))} AS moments,
    ${jsonOf(metrics.flatMap((metric, index) => (metric.kind === "ratio" ? [] : [noveltyOf(metric, index)])))} AS novelty,
    $4::date AS cut,
    ${segmentColumns(segment)}`;
}

/** `subject`, and for each metric `unit_0`, `unit_1`, …: one row for each subject that did anything. */
export function unitParts(unit: Unit, metrics: readonly Metric[]): string[] {
  return [
    subjectsSql(unit, { isFrozenAtEnd: true }),
    `happened AS MATERIALIZED (
    SELECT subject."id", subject."epoch", subject."variant", subject.day, subject."exposedAt",
      conversion."conversionEvent" AS event, conversion."occurredAt" AS at, conversion."value"::float8 AS value
    ${conversionsOfSubjects(unit)} AND conversion."conversionEvent" IN (${eventsOf(metrics)})
  )`,
    ...actsOf(metrics),
    ...metrics.flatMap((metric, index) => [
      `piece_${index} AS NOT MATERIALIZED (${piecesOf(metric, unit)})`,
      `sums_${index} AS ${isOfEvents(metric) ? "NOT " : ""}MATERIALIZED (${sumsOf(metric, index)})`,
      ...capOf(metric, index),
      `unit_${index} AS NOT MATERIALIZED (${unitsOf(metric, index)})`,
    ]),
  ];
}

/** Metrics of recorded events are summed in one pass, whichever and however many they are. */
function actsOf(metrics: readonly Metric[]): string[] {
  const sums = metrics.flatMap((metric, index) => {
    if (!isOfEvents(metric)) return [];
    const sum = (source: MetricSource, as: string) =>
      `sum(${amountOf(metric, source)}) FILTER (WHERE ${isEventOf(source)}) AS ${as}_${index}`;
    const sources = sourcesOf(metric);
    return [
      ...(metric.kind === "ratio"
        ? [sum(metric.numerator, "y"), sum(metric.denominator, "x")]
        : [sum(metric.source, "y"), `NULL::float8 AS x_${index}`]),
      `min(at) FILTER (WHERE ${sources.map(isEventOf).join(" OR ")}) AS at_${index}`,
    ];
  });
  if (sums.length === 0) return [];
  return [
    `acts AS MATERIALIZED (
    SELECT "id", "epoch", "variant", day, "exposedAt",
      ${sums.join(",\n      ")}
    FROM happened GROUP BY "id", "epoch", "variant", day, "exposedAt"
  )`,
  ];
}

function jsonOf(selects: string[]): string {
  if (selects.length === 0) return "'[]'::jsonb";
  return `(SELECT coalesce(jsonb_agg(line), '[]') FROM (${selects.join(" UNION ALL ")}) AS line)`;
}

/** PostgreSQL's float8 aggregates are Youngs and Cramer's: mean and squared deviations without cancellation. */
function momentsOf(metric: Metric, index: number): string {
  return `SELECT ${literal(metric.key)} AS metric, "epoch", "variant", day, count(*)::int AS n,
      (count(*) FILTER (WHERE y > 0))::int AS conversions,
      avg(y) AS "yMean", regr_syy(y, x) AS "yM2", avg(x) AS "xMean", regr_sxx(y, x) AS "xM2", regr_sxy(y, x) AS comoment,
      min(y) AS "yMin", min(x) AS "xMin"
    FROM unit_${index} GROUP BY "epoch", "variant", day`;
}

/** Of an experiment that is over, those who had been there for a whole window. */
const IS_MATURE = `day < coalesce($4::date, ($3::timestamptz AT TIME ZONE INTERVAL '0')::date - $2::int / 24)`;
const SINCE = `floor(date_part('epoch', at - "exposedAt") / 86400)::int`;

/** Rates by the first conversion, means by everything that happened. */
function noveltyOf(metric: Metric, index: number): string {
  const from = metric.kind === "conversion" ? `unit_${index}` : `piece_${index}`;
  return `SELECT ${literal(metric.key)} AS metric, "variant", ${SINCE} AS day, sum(y) AS value
    FROM ${from} WHERE at >= "exposedAt" AND ${IS_MATURE} GROUP BY "variant", ${SINCE}`;
}

function eventsOf(metrics: readonly Metric[]): string {
  const events = new Set(
    metrics.flatMap(sourcesOf).flatMap((source) => ("events" in source ? source.events : [])),
  );
  return events.size === 0 ? "NULL" : [...events].map(literal).join(", ");
}
