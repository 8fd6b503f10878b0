import { statusSql } from "../sql/status-sql";
import { ONLY_WHILE_RUNNING, WATCHED_STATUSES } from "../types/health";

/** The states in which somebody may have to do something, for `IN`. */
export const WATCHED = WATCHED_STATUSES.map((status) => `'${status}'`).join(", ");

/** The problems of an experiment in this state. They were judged before it last changed. */
const buildProblemsSql = (
  feature: string,
) => `CASE WHEN ${statusSql(feature)} = 'running' THEN health."problems"
  WHEN ${statusSql(feature)} IN (${WATCHED}) THEN ${ONLY_WHILE_RUNNING.reduce(
    (problems, problem) => `array_remove(${problems}, '${problem}')`,
    'health."problems"',
  )} ELSE '{}' END`;

/**
 * Experiments that need attention, and why. It begins at the index of those that had a problem, however many others
 * there are.
 */
export const ATTENTION_SQL = `SELECT judged."slug", judged."problems" FROM (
    SELECT health."experimentSlug" AS "slug", ${buildProblemsSql("feature")} AS "problems"
    FROM "ExperimentHealth" AS health CROSS JOIN LATERAL (
      SELECT "metadata", "enabled" FROM "Feature" WHERE "slug" = health."experimentSlug" AND "type" = 'EXPERIMENT' LIMIT 1
    ) AS feature
    WHERE health."problems" <> '{}'
  ) AS judged WHERE judged."problems" <> '{}'`;

/**
 * The stored health of the experiment whose row of `Feature` the statement calls `feature`. An experiment that does not
 * run gets no participants, so the time and the participants that it still needs are null.
 */
export const healthSql = (feature: string) => `(
  SELECT to_jsonb(health) - 'experimentSlug' || jsonb_build_object('problems', ${buildProblemsSql(feature)})
    || CASE WHEN ${statusSql(feature)} = 'running' THEN '{}' ELSE '{"daysToGo": null, "unitsToGo": null}'::jsonb END
  FROM "ExperimentHealth" AS health WHERE health."experimentSlug" = ${feature}."slug"
)`;

/**
 * The effect that the verdict calls better or worse, or null. The stored health holds only what may be read, so the effect
 * of a stored result is given only if both have the same verdict.
 */
export const effectSql = (slug: string) => `(
  SELECT jsonb_build_object('variant', led -> 'variant', 'others', jsonb_array_length(effects) - 1,
    'low', CASE led ->> 'scale' WHEN 'lift' THEN led -> 'low' END,
    'high', CASE led ->> 'scale' WHEN 'lift' THEN led -> 'high' END,
    'lift', CASE led ->> 'scale' WHEN 'lift' THEN jsonb_path_query_first("result",
      '$.analysis.metrics[*] ? (@.metric.id == $metric).comparisons[*] ? (@.variant == $variant).lift.value', led) END)
  FROM (
    SELECT newest."result", newest."result" #> '{analysis,verdict,effects}' AS effects,
      newest."result" #> '{analysis,verdict,effects,0}' AS led
    FROM "ExperimentHealth" AS health JOIN "ExperimentResult" AS newest USING ("experimentSlug")
    WHERE health."experimentSlug" = ${slug} AND health."verdict" IN ('better', 'worse')
      AND newest."asOf" = health."asOf" AND NOT newest."isReceipt"
      AND newest."result" #>> '{analysis,verdict,code}' = health."verdict"
    LIMIT 1
  ) AS judged WHERE jsonb_typeof(led -> 'variant') = 'string'
)`;
