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

/** Nobody was exposed later than any date that people may choose; what was written past the gate has no ten minutes. */
const IS_POSSIBLE = `"exposedAt" < '10000-01-01Z'`;

/** Further columns: see `AllRows`. `since` is the day before, an expression. */
export const buildRowsSql = (
  since: string,
) => `(SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1)
  - (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_PROVISIONAL}) AS assignments,
    (SELECT coalesce(jsonb_agg(ten_minutes), '[]') FROM (
      SELECT floor(date_part('epoch', "exposedAt") / 600)::int AS at, count(*)::int AS n FROM "ExperimentVariant"
      WHERE "experimentSlug" = $1 AND "exposedAt" >= (${since})::timestamp AT TIME ZONE INTERVAL '0' AND ${IS_POSSIBLE}
        AND "assignmentType" <> 'IMPORTED'
      GROUP BY 1
    ) AS ten_minutes) AS recent`;

/**
 * Beside a recount of the metrics that count `events`: what the counts have and the recount has not. Who did these is in
 * `acts`, and others are read here. The event is null for subjects with any.
 */
export function buildConvertedParts(unit: Unit, events: readonly string[]): string[] {
  const isOther =
    events.length === 0
      ? ""
      : ` AND conversion."conversionEvent" NOT IN (${events.map(quoteLiteral).join(", ")})`;
  const count = (event: string, from: string) =>
    `SELECT "variant", ${event} AS event, count(*)::int AS n FROM ${from} GROUP BY "variant"`;
  return [
    `other AS MATERIALIZED (
    SELECT DISTINCT subject."id", subject."variant", conversion."conversionEvent" AS event
    ${buildConversionsSql(unit)}${isOther}
  )`,
    `converted AS (
    ${[
      `SELECT "variant", event, count(*)::int AS n FROM other GROUP BY "variant", event`,
      count(
        "NULL",
        `(SELECT DISTINCT "id", "variant" FROM other${
          events.length === 0 ? "" : ` WHERE NOT EXISTS (SELECT FROM acts WHERE acts."id" = other."id")`
        }) AS act`,
      ),
      ...(events.length === 0 ? [] : [count("NULL", "acts")]),
      ...events.map((event, index) => count(quoteLiteral(event), `acts WHERE did_${index}`)),
    ].join("\n    UNION ALL\n    ")}
  )`,
  ];
}

/** In `acts`: whether the subject did each of these. */
export function buildDidColumns(events: readonly string[]): string[] {
  return events.map((event, index) => `bool_or(event = ${quoteLiteral(event)}) AS did_${index}`);
}

/** The day before that of the recount, by the cut of its looks. */
export const CONVERTED_COLUMNS = `(SELECT coalesce(jsonb_agg(converted), '[]') FROM converted) AS converted,
    ${buildRowsSql("$4::date + $2::int / 24 - 1")}`;
