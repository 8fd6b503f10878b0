import type { Json } from "@calcom/lib/json";
import { readFirst } from "../sql/long-statement";
import { NAME } from "../sql/names-sql";
import type { Pool } from "../sql/runner";
import type { ActivitySubject, AuditEntry } from "../types/activity";
import type { HostId } from "../types/host-id";

export interface AuditFilter {
  slug?: string | undefined;
  actorId?: HostId | undefined;
  /** Instants in ISO 8601: from the first on, and before the second. The days of a person are those of their zone. */
  since?: string | undefined;
  until?: string | undefined;
  about?: ActivitySubject | undefined;
  /** Changes of experiments that are there before and after, and nothing else. */
  changesOnly?: true | undefined;
  /** Only entries older than this one. */
  before?: string | undefined;
  limit: number;
}

export interface AuditRow
  extends Omit<AuditEntry, "differences" | "changesMetricsAfterStart" | "isReportLink"> {
  before: Json | null;
  after: Json | null;
}

/** Reads the log that the triggers write, which also holds early looks at results, looks at people, and exports. */
export class AuditRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The latest first. */
  async list(filter: AuditFilter): Promise<AuditRow[]> {
    const { slug, actorId, since, until, about, changesOnly, before, limit } = filter;
    const asked: [string, unknown][] = [
      [`entry."rowKey" = $ AND ${IS_OF_EXPERIMENT}`, slug],
      [`entry."actorId" = $::experiment_user_id`, actorId],
      [`entry."at" >= $::timestamptz`, since],
      [`entry."at" < $::timestamptz`, until],
      [`entry."tableName" = ANY ($::text[])`, about && TABLES[about]],
      [`entry."tableName" = 'Feature' AND entry."action" = 'UPDATE' AND $::boolean`, changesOnly],
      [BEFORE, before],
    ];
    // Only what is asked for: a statement for every question has no index for any.
    const conditions = asked.filter(([, value]) => value !== undefined);
    const rows = await readFirst<AuditRow & { actorId: HostId | null; actorName: string | null }>(
      this.#pool,
      buildAuditSql(conditions.map(([condition], index) => condition.replaceAll("$", `$${index + 2}`))),
      [limit, ...conditions.map(([, value]) => value)],
    );
    return rows.map(({ actorId: id, actorName, ...row }) => ({
      ...row,
      actor: id === null ? null : { id, name: actorName },
    }));
  }

  /** Everybody who has changed something about experiments: one look into the index for each. */
  listActors(): Promise<{ id: HostId; name: string | null }[]> {
    return readFirst(
      this.#pool,
      `WITH RECURSIVE acting ("id") AS (
         (SELECT "actorId" FROM "AuditLog" AS entry WHERE ${IS_SHOWN} ORDER BY "actorId" LIMIT 1)
         UNION ALL
         SELECT (SELECT "actorId" FROM "AuditLog" AS entry WHERE ${IS_SHOWN} AND "actorId" > acting."id" ORDER BY "actorId" LIMIT 1)
         FROM acting WHERE acting."id" IS NOT NULL
       )
       SELECT acting."id", person."name" FROM (SELECT "id" FROM acting WHERE "id" IS NOT NULL LIMIT 500) AS acting
       LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = acting."id" LIMIT 1) AS person ON true
       ORDER BY lower(person."name") NULLS LAST, acting."id"`,
    );
  }
}

/**
 * In the words of the indexes, which hold these entries alone. A flag is listed only if it was an experiment before or
 * after the change. Epochs and versions of metrics are left out: they follow from changes that are listed.
 */
const IS_SHOWN = `((entry."tableName" = 'Feature' AND 'EXPERIMENT' IN (entry."before" ->> 'type', entry."after" ->> 'type'))
    OR entry."tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem'))`;

/** The key of the others names a person, a metric or an item. */
const IS_OF_EXPERIMENT = `entry."tableName" NOT IN ('ExperimentMember', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem')`;

const TABLES: Record<ActivitySubject, AuditEntry["tableName"][]> = {
  experiments: ["Feature", "ExperimentChecklistItem"],
  metrics: ["ExperimentMetric"],
  access: ["ExperimentMember", "PreviewLink"],
  views: ["ExperimentResult", "Person", "Export"],
};

const BEFORE = `(entry."at", entry."id") < ((SELECT "at" FROM "AuditLog" WHERE "id" = $::bigint), $::bigint)`;

const buildAuditSql = (
  conditions: string[],
) => `SELECT entry."id"::text AS "id", entry."at", entry."actorId", person."name" AS "actorName",
    entry."actorRole", entry."tableName", entry."action", entry."before", entry."after",
    CASE WHEN ${IS_OF_EXPERIMENT} THEN nullif(entry."rowKey", '') END AS "slug",
    CASE WHEN ${IS_OF_EXPERIMENT} THEN coalesce(
      (SELECT feature."metadata" ->> 'name' FROM "Feature" AS feature WHERE feature."slug" = entry."rowKey" LIMIT 1),
      entry."after" #>> '{metadata,name}', entry."before" #>> '{metadata,name}') END AS "experimentName",
    CASE entry."tableName" WHEN 'ExperimentMetric' THEN entry."rowKey" END AS "metricKey",
    member."name" AS "memberName"
  FROM (
    SELECT * FROM "AuditLog" AS entry WHERE ${[IS_SHOWN, ...conditions].join(" AND ")}
    ORDER BY entry."at" DESC, entry."id" DESC LIMIT $1
  ) AS entry
  LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = entry."actorId" LIMIT 1) AS person ON true
  LEFT JOIN LATERAL (
    SELECT ${NAME} AS "name" FROM "experiment_host_users"
    WHERE "id" = CASE WHEN entry."tableName" = 'ExperimentMember'
      THEN experiment_user_id_of(entry."rowKey") END LIMIT 1
  ) AS member ON true
  ORDER BY entry."at" DESC, entry."id" DESC`;
