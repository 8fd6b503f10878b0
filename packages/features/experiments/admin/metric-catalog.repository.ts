import { readLong } from "../sql/long-statement";
import { NAME } from "../sql/names-sql";
import { execute, type Pool, queryRows, withActor } from "../sql/runner";
import { turnedOffSql } from "../sql/status-sql";
import { takeTurn } from "../sql/take-turn";
import type { HostId } from "../types/host-id";
import type { MetricStatus, NewMetric } from "../types/metric-catalog";

export interface MetricRow {
  key: string;
  description: string;
  status: MetricStatus;
  ownerId: HostId | null;
  ownerName: string | null;
  version: number;
  revision: number;
  /** Of the newest version, as it is stored. */
  definition: unknown;
  changedAt: Date;
}

export interface MetricVersionRow {
  version: number;
  definition: unknown;
  createdAt: Date;
  createdByName: string | null;
}

export interface MetricUse {
  slug: string;
  name: string;
  status: string;
  isTurnedOff: boolean;
  /** The version that it holds; null where it holds none. */
  version: number | null;
}

/** What is written of a change; undefined stays as it is. */
export interface MetricWrite {
  description?: string | undefined;
  status?: MetricStatus | undefined;
  ownerId?: HostId | undefined;
  definition?: unknown;
}

/** The most that a page and a form show. */
export const MAX_METRICS = 500;
const MAX_USES = 200;

/** Keeps metrics and their versions. A version is never changed, by trigger. */
export class MetricCatalogRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  list(): Promise<MetricRow[]> {
    return queryRows<MetricRow>(this.#pool, `${METRICS} ORDER BY metric."key" LIMIT ${MAX_METRICS}`);
  }

  findMany(keys: readonly string[]): Promise<MetricRow[]> {
    return queryRows<MetricRow>(this.#pool, `${METRICS} WHERE metric."key" = ANY($1)`, [keys]);
  }

  async find(key: string): Promise<MetricRow | null> {
    const [row] = await this.findMany([key]);
    return row ?? null;
  }

  /** The name of the person who changed the metric last; null if the audit log does not know it. */
  async findEditor(key: string): Promise<string | null> {
    const [row] = await queryRows<{ name: string | null }>(
      this.#pool,
      `SELECT editor."name" FROM "AuditLog" AS entry
       LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = entry."actorId" LIMIT 1) AS editor ON true
       WHERE entry."tableName" = 'ExperimentMetric' AND entry."rowKey" = $1 ORDER BY entry."id" DESC LIMIT 1`,
      [key],
    );
    return row?.name ?? null;
  }

  /** The newest first. */
  listVersions(key: string): Promise<MetricVersionRow[]> {
    return queryRows<MetricVersionRow>(
      this.#pool,
      `SELECT version."version", version."definition", version."createdAt", maker."name" AS "createdByName"
       FROM "ExperimentMetricVersion" AS version
       LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = version."createdById" LIMIT 1) AS maker ON true
       WHERE version."key" = $1 ORDER BY version."version" DESC LIMIT 100`,
      [key],
    );
  }

  /** `full` where there are as many as a form can show. */
  create(
    actorId: HostId,
    { key, description, status, definition }: NewMetric,
  ): Promise<"created" | "taken" | "full"> {
    return withActor(this.#pool, actorId, async (transaction) => {
      await takeTurn(transaction, "metrics");
      const present = await queryRows<{ key: string }>(
        transaction,
        `SELECT "key" FROM "ExperimentMetric" ORDER BY "key" = $1 DESC LIMIT ${MAX_METRICS}`,
        [key],
      );
      if (present[0]?.key === key) return "taken";
      if (present.length === MAX_METRICS) return "full";
      const made = await execute(
        transaction,
        `INSERT INTO "ExperimentMetric" ("key", "description", "status", "ownerId", "version")
         VALUES ($1, $2, $3, $4, 1) ON CONFLICT ("key") DO NOTHING`,
        [key, description, status, actorId],
      );
      if (made === 0) return "taken";
      await execute(transaction, ADD_VERSION, [key, 1, JSON.stringify(definition), actorId]);
      return "created";
    });
  }

  /** False where it has changed in the meantime. Another definition is another version. */
  change(actorId: HostId, of: { key: string; revision: number }, write: MetricWrite): Promise<boolean> {
    const { description = null, status = null, ownerId = null, definition } = write;
    const isNewVersion = definition !== undefined;
    return withActor(this.#pool, actorId, async (transaction) => {
      const [changed] = await queryRows<{ version: number }>(
        transaction,
        `UPDATE "ExperimentMetric" SET "description" = coalesce($3, "description"), "status" = coalesce($4, "status"),
           "ownerId" = coalesce($5, "ownerId"), "version" = "version" + $6::int, "revision" = "revision" + 1
         WHERE "key" = $1 AND "revision" = $2 RETURNING "version"`,
        [of.key, of.revision, description, status, ownerId, isNewVersion ? 1 : 0],
      );
      if (changed === undefined) return false;
      if (isNewVersion)
        await execute(transaction, ADD_VERSION, [
          of.key,
          changed.version,
          JSON.stringify(definition),
          actorId,
        ]);
      return true;
    });
  }

  /** How many experiments name each metric, those in code included. */
  async countUses(): Promise<Map<string, number>> {
    const rows = await readLong<{ key: string; n: number }>(
      this.#pool,
      `SELECT named.key, count(*)::int AS n FROM "Feature" AS feature CROSS JOIN LATERAL (${NAMED}) AS named
       WHERE feature."type" = 'EXPERIMENT' GROUP BY named.key`,
    );
    return new Map(rows.map(({ key, n }) => [key, n]));
  }

  /** Those that name it, the latest change first. */
  listUses(key: string): Promise<MetricUse[]> {
    return readLong<MetricUse>(
      this.#pool,
      `SELECT feature."slug", coalesce(feature."metadata" ->> 'name', feature."slug") AS "name",
         coalesce(feature."metadata" ->> 'status', 'draft') AS "status",
         ${turnedOffSql("feature")} AS "isTurnedOff",
         (SELECT (held ->> 'version')::int FROM ${elements("catalogMetrics")} AS held
          WHERE held ->> 'key' = $1 AND held ->> 'version' ~ '^[0-9]{1,9}$' LIMIT 1) AS "version"
       FROM "Feature" AS feature
       WHERE feature."type" = 'EXPERIMENT' AND EXISTS (SELECT FROM (${NAMED}) AS named WHERE named.key = $1)
       ORDER BY feature."updatedAt" DESC, feature."slug" LIMIT ${MAX_USES}`,
      [key],
    );
  }
}

const METRICS = `SELECT metric."key", metric."description", metric."status", metric."ownerId", owner."name" AS "ownerName",
    metric."version", metric."revision", version."definition", version."createdAt" AS "changedAt"
  FROM "ExperimentMetric" AS metric
  JOIN "ExperimentMetricVersion" AS version ON version."key" = metric."key" AND version."version" = metric."version"
  LEFT JOIN LATERAL (SELECT ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = metric."ownerId" LIMIT 1) AS owner ON true`;

const ADD_VERSION = `INSERT INTO "ExperimentMetricVersion" ("key", "version", "definition", "createdById") VALUES ($1, $2, $3, $4)`;

/** Metadata that was edited by hand may hold anything. */
function elements(path: string): string {
  const at = `feature."metadata" #> '{${path}}'`;
  return `jsonb_array_elements(CASE jsonb_typeof(${at}) WHEN 'array' THEN ${at} ELSE '[]' END)`;
}

const NAMED = `SELECT feature."metadata" #>> '{metrics,primary}' AS key
    WHERE feature."metadata" #>> '{metrics,primary}' IS NOT NULL
  UNION SELECT named #>> '{}' FROM ${elements("metrics,secondary")} AS named
  UNION SELECT named #>> '{}' FROM ${elements("metrics,guardrails")} AS named`;
