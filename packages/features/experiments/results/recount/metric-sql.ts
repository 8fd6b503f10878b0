import { listSources, type Metric, type MetricSource } from "../../metrics/define-metric";
import { quoteLiteral } from "../../metrics/quote-literal";
import type { Unit } from "../../types/settings";

// One metric in SQL: what happened (`piece_0`), summed by subject (`sums_0`), its cap (`cap_0`), and what the metric
// counts of it (`unit_0`). They read `subject`, and what is recorded here from `happened` and `acts`.

/** One row per event: `y` is what the metric counts, `x` its denominator or its pre-exposure covariate. */
export function buildPiecesSql(metric: Metric, unit: Unit): string {
  if (metric.kind === "ratio")
    return `${buildPieceSql(metric, metric.numerator, unit, "y")} UNION ALL ${buildPieceSql(metric, metric.denominator, unit, "x")}`;
  const counted = buildPieceSql(metric, metric.source, unit, "y");
  if (metric.covariate === null) return counted;
  return `${counted} UNION ALL ${buildPieceSql(metric, metric.source, unit, "x", metric.covariate.days)}`;
}

function buildPieceSql(
  metric: Metric,
  source: MetricSource,
  unit: Unit,
  column: "x" | "y",
  daysBefore?: number,
): string {
  const columns = (value: string, at: string) =>
    `"id", "epoch", "variant", day, "exposedAt", ${at} AS at,
      ${column === "y" ? value : "0::float8"} AS y, ${column === "x" ? value : "0::float8"} AS x`;
  const value = buildAmountSql(metric, source);
  if ("events" in source)
    return `SELECT ${columns(value, "at")} FROM happened WHERE ${buildEventTestSql(source)}`;
  const range =
    daysBefore === undefined
      ? `source."at" >= subject."exposedAt" AND source."at" < subject.until`
      : `source."at" >= subject."exposedAt" - make_interval(hours => ${daysBefore * 24}) AND source."at" < subject."exposedAt"
      ${unit === "visitor" ? KNOWN_BEFORE : ""}`;
  // The query stands on lines of its own, for it may end in a comment.
  return `SELECT ${columns(value, `source."at"`)}
    FROM subject JOIN (
      ${source.query[unit === "team" ? "team" : "user"]}
    ) AS source ON source."subject" = subject.key
    WHERE ${range}`;
}

/**
 * A sign-in after the exposure may be an effect of it. The covariate must not depend on anything after the exposure, or
 * it removes a part of the effect.
 */
const KNOWN_BEFORE = `AND subject."linkedAt" <= subject."exposedAt"`;

/** The SQL of one event, over columns of `happened` or of the application's own rows. */
export function buildAmountSql(metric: Metric, source: MetricSource): string {
  if (metric.kind === "conversion" || ("events" in source && source.take === "count")) return "1::float8";
  return boundSql(metric, "events" in source ? "value" : `source."value"::float8`);
}

export function buildEventTestSql(source: MetricSource): string {
  return "events" in source ? `event IN (${source.events.map(quoteLiteral).join(", ")})` : "false";
}

export function isOfEvents(metric: Metric): boolean {
  return listSources(metric).every((source) => "events" in source);
}

function boundSql({ bounds }: Metric, value: string): string {
  return `greatest(least(coalesce(${value}, 0), ${bounds.max}::float8), ${bounds.min}::float8)`;
}

/** One row for each subject with an event. Reads the columns of `acts` in place: materializing them is no faster. */
export function buildSumsSql(metric: Metric, index: number): string {
  return isOfEvents(metric)
    ? `SELECT "id", "epoch", "variant", day, "exposedAt",
      coalesce(y_${index}, 0) AS y, coalesce(x_${index}, 0) AS x, at_${index} AS at
    FROM acts WHERE at_${index} IS NOT NULL`
    : `SELECT "id", "epoch", "variant", day, "exposedAt", sum(y) AS y, sum(x) AS x,
      min(at) FILTER (WHERE at >= "exposedAt") AS at
    FROM piece_${index} GROUP BY "id", "epoch", "variant", day, "exposedAt"`;
}

/** The same rows, with the value that the metric counts. */
export function buildUnitsSql(metric: Metric, index: number): string {
  const [y, x] = buildCountedSql(metric, index);
  return `SELECT "id", "epoch", "variant", day, "exposedAt", ${y} AS y, ${x} AS x, at FROM sums_${index}`;
}

function buildCountedSql(metric: Metric, index: number): [y: string, x: string] {
  switch (metric.kind) {
    case "conversion":
      return ["least(y, 1)", "least(x, 1)"];
    case "ratio":
      return ["y", "x"];
    case "mean": {
      const { winsorize } = metric;
      if (winsorize === null) return ["y", "x"];
      const cap = "value" in winsorize ? `${winsorize.value}::float8` : `(SELECT most FROM cap_${index})`;
      return [`least(y, ${cap})`, `least(x, ${cap})`];
    }
  }
}

/**
 * The percentile among subjects with a value: over all subjects it would be 0 for most metrics. Never below 0, the value
 * of all others, so that the cap does not pull them down.
 */
export function buildCapSql(metric: Metric, index: number): string[] {
  if (metric.kind !== "mean" || metric.winsorize === null || !("percentile" in metric.winsorize)) return [];
  return [
    `cap_${index} AS MATERIALIZED (
    SELECT greatest(percentile_cont(${metric.winsorize.percentile}) WITHIN GROUP (ORDER BY y), 0) AS most
    FROM sums_${index} WHERE y <> 0
  )`,
  ];
}
