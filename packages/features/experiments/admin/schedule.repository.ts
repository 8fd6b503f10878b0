import { readMoment } from "@calcom/lib/gate/moments";
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
  async findDue(): Promise<DueStep[]> {
    const rows = await queryRows<Scheduled>(this.#pool, SCHEDULED);
    return rows.flatMap((row) => toStep(row) ?? []);
  }
}

interface Scheduled {
  slug: string;
  version: number;
  status: "draft" | "running";
  /** Texts, since somebody may have edited them by hand: a cast would fail for all schedules where one is no time. */
  startAt: string | null;
  stopAt: string | null;
  nowMs: number;
}

const SCHEDULED = `SELECT "slug", "version", ${statusSql("feature")} AS "status",
    "metadata" #>> '{schedule,startAt}' AS "startAt", "metadata" #>> '{schedule,stopAt}' AS "stopAt",
    (extract(epoch FROM now()) * 1000)::float8 AS "nowMs"
  FROM "Feature" AS feature
  WHERE "type" = 'EXPERIMENT' AND ${statusSql("feature")} IN ('draft', 'running')
    AND coalesce("metadata" #>> '{schedule,startAt}', "metadata" #>> '{schedule,stopAt}') IS NOT NULL
  ORDER BY "slug"`;

/** Null where nothing is due. */
function toStep({ slug, version, status, startAt, stopAt, nowMs }: Scheduled): DueStep | null {
  const isDue = (moment: string | null) => (readMoment(moment) ?? Number.POSITIVE_INFINITY) <= nowMs;
  if (status === "running") return isDue(stopAt) ? { slug, version, step: "pause" } : null;
  if (!isDue(startAt)) return null;
  // If both are overdue, the experiment is not started: it would run for a fraction of a second.
  return { slug, version, step: isDue(stopAt) ? "miss" : "start" };
}
