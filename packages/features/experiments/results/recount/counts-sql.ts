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
