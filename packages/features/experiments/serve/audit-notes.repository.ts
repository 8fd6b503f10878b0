import { logSecurity } from "@calcom/lib/security-log";
import { execute, type Pool } from "../sql/runner";
import type { HostId } from "../types/host-id";
import type { Unit } from "../types/settings";

export interface AuditNote {
  kind: "look" | "export";
  /** The experiment; null where it is about all of them. */
  slug: string | null;
  /** What could be seen, or what was taken. */
  facts: object;
}

/** Adds to the audit log what is no change of a row: that somebody looked early, looked at
 * a person, or took something away as a file. */
export class AuditNotesRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The entry cannot be removed. */
  async add(actorId: HostId, { kind, slug, facts }: AuditNote): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "after")
       VALUES ($1, session_user, $2, $3, $4, $5)`,
      [actorId, TABLES[kind], slug ?? "", kind.toUpperCase(), JSON.stringify(facts)],
    );
    if (kind === "export") logSecurity("export", { userId: actorId, slug, ...facts });
  }

  /**
   * That somebody looked at a person. What is `isFurther`, such as another page, belongs to a look of the last hour, and
   * is one by itself where there was none.
   */
  async addPerson(
    actorId: HostId,
    { unit, id }: { unit: Unit; id: number | string },
    { isFurther }: { isFurther: boolean },
  ): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "after")
       SELECT $1::experiment_user_id, session_user, 'Person', $2::text, 'LOOK', $3::jsonb
       ${isFurther ? UNLESS_LOOKED : ""}`,
      [actorId, `${unit}:${id}`, JSON.stringify({ [unit]: id })],
    );
  }
}

const UNLESS_LOOKED = `WHERE NOT EXISTS (
    SELECT FROM "AuditLog" WHERE "tableName" = 'Person' AND "rowKey" = $2 AND "actorId" = $1
      AND "at" > clock_timestamp() - interval '1 hour'
  )`;

const TABLES: Record<AuditNote["kind"], string> = { look: "ExperimentResult", export: "Export" };
