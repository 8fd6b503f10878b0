import { listSources, type Metric, type MetricSource } from "../../metrics/define-metric";
import { quoteLiteral } from "../../metrics/quote-literal";
import type { Unit } from "../../types/settings";
import {
  buildAmountSql,
  buildCapSql,
  buildEventTestSql,
  buildPiecesSql,
  buildSumsSql,
  buildUnitsSql,
  isOfEvents,
} from "./metric-sql";
import { buildConversionsSql, buildSubjectsSql } from "./subjects-sql";

/**
 * `subject`, and for each metric `unit_0`, `unit_1`, …: one row for each subject with an event. With `among`, an array of
 * ids, only their events, and for a person with several browsers only the events of that browser.
 */
export function buildUnitParts(
  unit: Unit,
  metrics: readonly Metric[],
  { among = null, acts = [] }: { among?: string | null; acts?: readonly string[] } = {},
): string[] {
  const isAmong = among === null ? "" : ` AND own."id" = ANY (${among})`;
  return [
    buildSubjectsSql(unit, { isFrozenAtEnd: true, among }),
    `happened AS MATERIALIZED (
    SELECT subject."id", subject."epoch", subject."variant", subject.day, subject."exposedAt",
      conversion."conversionEvent" AS event, conversion."occurredAt" AS at, conversion."value"::float8 AS value
    ${buildConversionsSql(unit)}${isAmong} AND conversion."conversionEvent" IN (${quoteEvents(metrics)})
  )`,
    ...buildActsSql(metrics, acts),
    ...metrics.flatMap((metric, index) => [
      `piece_${index} AS NOT MATERIALIZED (${buildPiecesSql(metric, unit)})`,
      `sums_${index} AS ${isOfEvents(metric) ? "NOT " : ""}MATERIALIZED (${buildSumsSql(metric, index)})`,
      ...buildCapSql(metric, index),
      `unit_${index} AS NOT MATERIALIZED (${buildUnitsSql(metric, index)})`,
    ]),
  ];
}

/** Sums all metrics of recorded events in one pass, and further columns. */
function buildActsSql(metrics: readonly Metric[], more: readonly string[]): string[] {
  const sums = metrics.flatMap((metric, index) => {
    if (!isOfEvents(metric)) return [];
    const sum = (source: MetricSource, as: string) =>
      `sum(${buildAmountSql(metric, source)}) FILTER (WHERE ${buildEventTestSql(source)}) AS ${as}_${index}`;
    const sources = listSources(metric);
    return [
      ...(metric.kind === "ratio"
        ? [sum(metric.numerator, "y"), sum(metric.denominator, "x")]
        : [sum(metric.source, "y"), `NULL::float8 AS x_${index}`]),
      `min(at) FILTER (WHERE ${sources.map(buildEventTestSql).join(" OR ")}) AS at_${index}`,
    ];
  });
  if (sums.length === 0) return [];
  return [
    `acts AS MATERIALIZED (
    SELECT "id", "epoch", "variant", day, "exposedAt",
      ${[...sums, ...more].join(",\n      ")}
    FROM happened GROUP BY "id", "epoch", "variant", day, "exposedAt"
  )`,
  ];
}

function quoteEvents(metrics: readonly Metric[]): string {
  return listEvents(metrics).map(quoteLiteral).join(", ") || "NULL";
}

/** The recorded events that metrics count. */
export function listEvents(metrics: readonly Metric[]): string[] {
  return [
    ...new Set(metrics.flatMap(listSources).flatMap((source) => ("events" in source ? source.events : []))),
  ];
}
