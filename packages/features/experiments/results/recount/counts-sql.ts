import { quoteLiteral } from "../../metrics/quote-literal";
import type { Unit } from "../../types/settings";
import {
  buildConversionsSql,
  buildMixedCountSql,
  buildSubjectsSql,
  IMPORTED_COUNT,
  IS_PROVISIONAL,
} from "./subjects-sql";

/** Subjects by variant. Parameters: those of `buildSubjectsSql`. */
export const buildCountsSql = (unit: Unit) => `WITH ${buildSubjectsSql(unit)}, counting AS (
    SELECT DISTINCT subject."id", subject."variant", conversion."conversionEvent" AS event
    ${buildConversionsSql(unit)}
  ), per_event AS (
    SELECT "variant", event, count(*)::int AS converted FROM counting GROUP BY "variant", event
  ), per_variant AS (
    SELECT "variant", count(*)::int AS assigned, count("exposedAt")::int AS exposed FROM subject GROUP BY "variant"
  )
  SELECT
    coalesce((SELECT jsonb_agg(jsonb_build_object(
      'variant', per_variant."variant", 'assigned', assigned, 'exposed', exposed,
      'converted', (SELECT count(DISTINCT "id") FROM counting WHERE counting."variant" = per_variant."variant"),
      'events', coalesce((
        SELECT jsonb_object_agg(event, converted) FROM per_event WHERE per_event."variant" = per_variant."variant"
      ), '{}')
    )) FROM per_variant), '[]') AS variants,
    ${IMPORTED_COUNT} AS imported,
    ${buildMixedCountSql(unit)} AS mixed`;

/** A further column: all rows. */
export const ASSIGNMENTS = `(SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1)
  - (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_PROVISIONAL}) AS assignments`;

/**
 * Beside a recount of the metrics that count `events`: what the counts have and the recount has not. Those events are
 * joined already, in `happened`. The event is null for subjects with any.
 */
export function buildConvertedParts(unit: Unit, events: readonly string[]): string[] {
  const others = `SELECT subject."id", subject."variant", conversion."conversionEvent" AS event
    ${buildConversionsSql(unit)}`;
  const acting =
    events.length === 0
      ? others
      : `SELECT "id", "variant", event FROM happened
    UNION ALL
    ${others} AND conversion."conversionEvent" NOT IN (${events.map(quoteLiteral).join(", ")})`;
  return [
    `acting AS MATERIALIZED (
    SELECT DISTINCT * FROM (${acting}) AS act
  )`,
    `converted AS (
    SELECT "variant", event, count(*)::int AS n FROM acting GROUP BY "variant", event
    UNION ALL
    SELECT "variant", NULL, count(DISTINCT "id")::int FROM acting GROUP BY "variant"
  )`,
  ];
}

export const CONVERTED_COLUMNS = `(SELECT coalesce(jsonb_agg(converted), '[]') FROM converted) AS converted,
    ${ASSIGNMENTS}`;
