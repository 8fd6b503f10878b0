import type { RecountQuestion } from "./recount-sql";
import { buildUnitParts } from "./unit-parts-sql";

/** The sums of one subject for each metric: `[y, x]` in the order of the metrics, null without an event. */
export interface OutcomeRow {
  unit: string;
  /** Day of the exposure (UTC): `2026-11-22`. */
  day: string;
  outcomes: ([y: number, x: number] | null)[];
}

/**
 * Selects subjects one by one, so that they can be split in another way: those whose window has closed and who are not
 * erased, under the id by which they were assigned. Parameters: those of `buildRecountSql`, and $5: the most subjects, whose
 * ids determine which ones, or with `isOfSample` their ids themselves.
 */
export function buildOutcomesSql({
  unit,
  metrics,
  isOfSample = false,
}: Pick<RecountQuestion, "unit" | "metrics"> & { isOfSample?: boolean }): string {
  const outcomes = metrics.map((_, index) => {
    const { y, x, id } = { y: `unit_${index}.y`, x: `unit_${index}.x`, id: `unit_${index}."id"` };
    return `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_array(${y}, ${x}) END`;
  });
  // Picked from the covering index. Reading a million rows to find the few that are erased would take seconds.
  return `WITH ${[
    ...buildUnitParts(unit, metrics, { among: isOfSample ? "$5::uuid[]" : null }),
    `sampled AS MATERIALIZED (
    SELECT own."id", picked.day, coalesce(own."userId"::text, own."teamId"::text, own."visitorId"::text) AS unit
    FROM (
      SELECT "id", day FROM subject WHERE day IS NOT NULL AND ($4::date IS NULL OR day < $4::date)
      ${isOfSample ? "" : `ORDER BY hashtextextended("id"::text, 0) LIMIT $5`}
    ) AS picked JOIN "ExperimentVariant" AS own ON own."id" = picked."id"
    WHERE num_nonnulls(own."userId", own."teamId", own."visitorId") > 0
  )`,
  ].join(",\n  ")}
  SELECT sampled.unit, sampled.day::text AS day, jsonb_build_array(${outcomes.join(", ")}) AS outcomes FROM sampled
    ${metrics.map((_, index) => `LEFT JOIN unit_${index} ON unit_${index}."id" = sampled."id"`).join("\n    ")}
  ORDER BY sampled.unit`;
}
