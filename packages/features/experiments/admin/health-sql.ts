import { statusSql } from "../sql/status-sql";
import { ONLY_WHILE_RUNNING, WATCHED_STATUSES } from "../types/health";

const WATCHED = WATCHED_STATUSES.map((status) => `'${status}'`).join(", ");

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

/** What was judged of one experiment, of which the statement has the row. */
export const healthSql = (feature: string) => `(
  SELECT to_jsonb(health) - 'experimentSlug' || jsonb_build_object('problems', ${buildProblemsSql(feature)})
  FROM "ExperimentHealth" AS health WHERE health."experimentSlug" = ${feature}."slug"
)`;
