import { type Pool, queryRows } from "../sql/runner";
import { statusSql } from "../sql/status-sql";

export interface DueStep {
  slug: string;
  version: number;
  step: "start" | "pause" | "miss";
}

/** Finds the steps that schedules ask for. */
export class ScheduleRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The steps that are due by the database's clock. */
  findDue(): Promise<DueStep[]> {
    return queryRows(this.#pool, DUE);
  }
}

/**
 * Null if the value is not a time. Somebody may have edited it by hand, and one bad row must not stop all schedules.
 */
const MOMENT = (
  name: string,
) => `CASE WHEN "metadata" #>> '{schedule,${name}}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:'
  THEN ("metadata" #>> '{schedule,${name}}')::timestamptz END`;

// If start and end are both overdue, the experiment is not started: it would run for a fraction of a second.
const DUE = `SELECT * FROM (
    SELECT "slug", "version", CASE
      WHEN ${statusSql("feature")} = 'draft' AND starts."at" <= now() THEN
        CASE WHEN stops."at" <= now() THEN 'miss' ELSE 'start' END
      WHEN ${statusSql("feature")} = 'running' AND stops."at" <= now() THEN 'pause'
    END AS "step"
    FROM "Feature" AS feature,
      LATERAL (SELECT ${MOMENT("startAt")} AS "at") AS starts,
      LATERAL (SELECT ${MOMENT("stopAt")} AS "at") AS stops
    WHERE "type" = 'EXPERIMENT' AND jsonb_typeof("metadata" -> 'schedule') = 'object'
  ) AS scheduled WHERE "step" IS NOT NULL ORDER BY "slug" LIMIT 100`;
