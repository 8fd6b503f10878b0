import { joinSaid, levelFor, NEAREST_FIRST } from "../../teams/utils";
import type { Unit } from "../types/settings";

export type ConvertibleUnit = Exclude<Unit, "visitor">;

/**
 * Begins a statement: `nearest` are the subjects that a flag ($1) decides about by a row, with what that row says. It
 * must agree with how flags are resolved, or people would lose what they have.
 */
export const SELECTED: Record<ConvertibleUnit, string> = {
  user: `WITH said AS (
      SELECT "userId" AS "id", 1 AS "level", "enabled" FROM "UserFeatures" WHERE "featureId" = $1 AND "enabled" IS NOT NULL
      UNION ALL
      SELECT membership."user_id", ${levelFor("team")}, "said"."enabled"
      FROM "experiment_host_teams" AS team ${joinSaid("team")}
      JOIN "experiment_host_memberships" AS membership ON membership."team_id" = team."id"
      WHERE "said"."featureId" = $1
    ), nearest AS (
      SELECT DISTINCT ON ("id") "id", "enabled" FROM said ORDER BY "id", ${NEAREST_FIRST}
    )`,
  team: `WITH said AS (
      SELECT team."id", ${levelFor("team")} AS "level", "said"."enabled"
      FROM "experiment_host_teams" AS team ${joinSaid("team")} WHERE "said"."featureId" = $1
    ), nearest AS (
      SELECT DISTINCT ON ("id") "id", "enabled" FROM said ORDER BY "id", ${NEAREST_FIRST}
    )`,
};
