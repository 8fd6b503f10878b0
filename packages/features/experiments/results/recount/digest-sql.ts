import { IS_ERASED, IS_PROVISIONAL } from "./subjects-sql";

const STAYS = `NOT (${IS_PROVISIONAL})`;

/**
 * Hashes the rows behind a result, in 256 blocks by the first byte of the assignment's id: a block that differs tells
 * where rows have changed. Leaves out what erasing a subject changes: ids, facts and the keys of its conversions;
 * and provisional rows, which go. Parameters: $1 slug, $2 end.
 */
export const DIGEST_SQL = buildDigestSql(2, `"id"`);

/** The older digest, for receipts from before keys were erased too. */
export const KEYED_DIGEST_SQL = buildDigestSql(1, `"idempotencyKey"`);

function buildDigestSql(form: 1 | 2, name: string): string {
  return `SELECT ${form} AS form,
  (SELECT coalesce(jsonb_agg(part ORDER BY part.block), '[]') FROM (
    SELECT left("id"::text, 2) AS block, count(*)::int AS rows, ${buildHashSql(
      `concat_ws(' ', "id", "variant", "epoch", "assignmentType", "assignedAt", "exposedAt")`,
      `"id"`,
    )} AS hash
    FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${STAYS} GROUP BY left("id"::text, 2)
  ) AS part) AS assignments,
  (SELECT count(*)::int FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_ERASED} AND ${STAYS}) AS erased,
  (SELECT count(*)::int FROM "ExperimentVariant"
    WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED') AS imported,
  (SELECT coalesce(jsonb_agg(part ORDER BY part.block), '[]') FROM (
    SELECT left("assignmentId"::text, 2) AS block, count(*)::int AS rows, ${buildHashSql(
      `concat_ws(' ', "assignmentId", "conversionEvent", ${name}, coalesce("value"::text, '-'), "occurredAt")`,
      `"assignmentId", "conversionEvent", ${name}`,
    )} AS hash
    FROM "ExperimentConversion" WHERE "experimentSlug" = $1 AND "occurredAt" < $2 GROUP BY left("assignmentId"::text, 2)
  ) AS part) AS conversions,
  (SELECT coalesce(${buildHashSql(
    `concat_ws(' ', "number", "weights", "trafficPercentage", "startedAt")`,
    `"number"`,
  )}, '') FROM "ExperimentEpoch" WHERE "experimentSlug" = $1) AS epochs,
  (SELECT jsonb_build_object('rows', count(*), 'hash', coalesce(${buildHashSql(`assignment."id"::text`, `assignment."id"`)}, ''))
    FROM "ExperimentVariant" AS assignment JOIN "VisitorLink" AS link ON link."visitorId" = assignment."visitorId"
    WHERE assignment."experimentSlug" = $1 AND ${STAYS} AND link."linkedAt" < $2) AS links,
  current_setting('server_version') AS postgres`;
}

function buildHashSql(text: string, order: string): string {
  return `encode(sha256(convert_to(string_agg(${text}, '|' ORDER BY ${order}), 'UTF8')), 'hex')`;
}
