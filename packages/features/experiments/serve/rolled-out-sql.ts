import { isOnSql } from "../../teams/utils";

/**
 * What is said after all rows: that a plain flag is rolled out to whom a `question` is asked for. Of whom it is not rolled
 * out to, nothing is, as of a flag that is off.
 */
export const ROLLED_OUT = `
      SELECT 4 AS "level", true AS "enabled", NULL::timestamptz AS "assignedAt", NULL::experiment_team_id AS "teamId" FROM "Feature" AS "feature"
      WHERE "feature"."slug" = question.slug AND "feature"."type" IS DISTINCT FROM 'EXPERIMENT'
        AND "feature"."rolloutUnit" IS NOT NULL
        AND ${isOnSql('"feature"', {
          user: "question.user_id",
          teams: `SELECT "team_id" FROM "experiment_host_memberships" WHERE "user_id" = question.user_id
            AND "team_id" = coalesce(question.team_id, "team_id")
            UNION ALL SELECT question.team_id WHERE question.user_id IS NULL AND question.team_id IS NOT NULL`,
        })}`;
