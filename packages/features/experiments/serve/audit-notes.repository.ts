import { logSecurity } from "@calcom/lib/security-log";
import { execute, type Pool } from "../sql/runner";

export interface AuditNote {
  kind: "look" | "export";
  /** The experiment; null where it is about all of them. */
  slug: string | null;
  /** What could be seen, or what was taken. */
  facts: object;
}

/** Adds to the audit log what is no change of a row: that somebody looked early, or took something away as a file. */
export class AuditNotesRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Nobody can remove it. */
  async add(actorId: number, { kind, slug, facts }: AuditNote): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "after")
       VALUES ($1, session_user, $2, $3, $4, $5)`,
      [actorId, TABLES[kind], slug ?? "", kind.toUpperCase(), JSON.stringify(facts)],
    );
    if (kind === "export") logSecurity("export", { userId: actorId, slug, ...facts });
  }
}

const TABLES: Record<AuditNote["kind"], string> = { look: "ExperimentResult", export: "Export" };
