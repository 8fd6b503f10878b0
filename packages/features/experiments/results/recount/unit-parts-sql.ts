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
import { conversionsOfSubjects, subjectsSql } from "./subjects-sql";

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

function eventsOf(metrics: readonly Metric[]): string {
  const events = new Set(
    metrics.flatMap(sourcesOf).flatMap((source) => ("events" in source ? source.events : [])),
  );
  return events.size === 0 ? "NULL" : [...events].map(literal).join(", ");
}
