import type { Json } from "@calcom/lib/json";
import { readLong } from "../sql/long-statement";
import type { Pool } from "../sql/runner";
import type { AuditEntry } from "../types/activity";

export interface AuditFilter {
  slug?: string | undefined;
  actorId?: number | undefined;
  /** Both are UTC days, and both are included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only entries older than this one. */
  before?: string | undefined;
  limit: number;
}

export interface AuditRow extends Omit<AuditEntry, "differences" | "changesMetricsAfterStart"> {
  before: Json | null;
  after: Json | null;
}

/** Reads the log that the triggers write, which also holds early looks at results. */
export class AuditRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The latest first. */
  async list(filter: AuditFilter): Promise<AuditRow[]> {
    const rows = await readLong<AuditRow & { actorId: number | null; actorName: string | null }>(
      this.#pool,
      AUDIT,
      [
        filter.slug ?? null,
        filter.actorId ?? null,
        filter.from ?? null,
        filter.to ?? null,
        filter.before ?? null,
        filter.limit,
      ],
    );
    return rows.map(({ actorId, actorName, ...row }) => ({
      ...row,
      actor: actorId === null ? null : { id: actorId, name: actorName },
    }));
  }

  /** Everybody who has changed something about experiments. */
  listActors(): Promise<{ id: number; name: string | null }[]> {
    return readLong(
      this.#pool,
      `SELECT acting."actorId" AS "id", person."name"
       FROM (SELECT DISTINCT "actorId" FROM "AuditLog" WHERE "actorId" IS NOT NULL) AS acting
       LEFT JOIN "User" AS person ON person."id" = acting."actorId"
       ORDER BY lower(person."name") NULLS LAST, acting."actorId" LIMIT 500`,
    );
  }
}

// A flag is listed only if it was an experiment before or after the change. Epochs are left out: they follow from
// changes that are listed.
const AUDIT = `SELECT entry."id"::text AS "id", entry."at", entry."actorId", person."name" AS "actorName",
    entry."actorRole", entry."tableName", entry."action", entry."before", entry."after",
    CASE WHEN entry."tableName" IN ('Feature', 'ExperimentResult') THEN entry."rowKey" END AS "slug",
    CASE entry."tableName" WHEN 'ExperimentMember' THEN member."name" END AS "memberName"
  FROM "AuditLog" AS entry
  LEFT JOIN "User" AS person ON person."id" = entry."actorId"
  LEFT JOIN "User" AS member ON entry."tableName" = 'ExperimentMember' AND member."id"::text = entry."rowKey"
  WHERE (
      (entry."tableName" = 'Feature' AND 'EXPERIMENT' IN (entry."before" ->> 'type', entry."after" ->> 'type')
        AND ($1::text IS NULL OR entry."rowKey" = $1))
      OR (entry."tableName" = 'ExperimentResult' AND ($1::text IS NULL OR entry."rowKey" = $1))
      OR (entry."tableName" = 'ExperimentMember' AND $1::text IS NULL)
    )
    AND ($2::int IS NULL OR entry."actorId" = $2)
    AND ($3::date IS NULL OR entry."at" >= $3::date::timestamp AT TIME ZONE 'UTC')
    AND ($4::date IS NULL OR entry."at" < ($4::date + 1)::timestamp AT TIME ZONE 'UTC')
    AND ($5::bigint IS NULL OR entry."id" < $5)
  ORDER BY entry."id" DESC LIMIT $6`;
