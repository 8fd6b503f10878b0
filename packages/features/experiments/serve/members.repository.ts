import { NAME, nameOfRow } from "../sql/names-sql";
import { execute, type Pool, queryRows, withActor } from "../sql/runner";
import type { HostId } from "../types/host-id";
import type { ExperimentRole } from "../types/roles";

export interface Standing {
  isSystemAdmin: boolean;
  role: ExperimentRole | null;
}

export interface Member {
  id: HostId;
  name: string;
  email: string;
  role: ExperimentRole;
  /** Whether the role comes from being an administrator of the application; it cannot be taken away here. */
  isSystemAdmin: boolean;
  grantedBy: { id: HostId; name: string } | null;
  grantedAt: Date | null;
}

/** Roles for experiments. */
export class MembersRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Read at every call: a session would keep the role of a demoted person for as long as it lasts. Null for an unknown
   * user.
   */
  async standing(userId: HostId): Promise<Standing | null> {
    const [row] = await queryRows<Standing>(
      this.#pool,
      `SELECT person."is_admin" AS "isSystemAdmin", lower(member."role"::text) AS "role"
       FROM "experiment_host_users" AS person LEFT JOIN "ExperimentMember" AS member ON member."userId" = person."id"
       WHERE person."id" = $1`,
      [userId],
    );
    return row ?? null;
  }

  async list(): Promise<Member[]> {
    const rows = await queryRows<MemberRow>(
      this.#pool,
      `SELECT person."id", ${nameOfRow("person")} AS "name", coalesce(person."email", '') AS "email", person."is_admin" AS "isSystemAdmin",
         lower(member."role"::text) AS "role", member."grantedAt",
         giver."id" AS "giverId", giver."name" AS "giverName"
       FROM (
         SELECT "userId" AS "id" FROM "ExperimentMember" UNION SELECT "id" FROM "experiment_host_users" WHERE "is_admin"
       ) AS entitled
       CROSS JOIN LATERAL (SELECT * FROM "experiment_host_users" WHERE "id" = entitled."id" LIMIT 1) AS person
       LEFT JOIN "ExperimentMember" AS member ON member."userId" = person."id"
       LEFT JOIN LATERAL (SELECT "id", ${NAME} AS "name" FROM "experiment_host_users" WHERE "id" = member."grantedById" LIMIT 1) AS giver ON true
       ORDER BY lower(person."name"), person."id" LIMIT 1000`,
    );
    return rows.map(({ giverId, giverName, ...row }) => ({
      ...row,
      role: row.isSystemAdmin ? "admin" : (row.role ?? "viewer"),
      grantedBy: giverId === null ? null : { id: giverId, name: giverName ?? "" },
    }));
  }

  /** Null takes the role away. False if nobody has that address. */
  async setRole(actorId: HostId, email: string, role: ExperimentRole | null): Promise<boolean> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const [person] = await queryRows<{ id: HostId }>(
        transaction,
        `SELECT "id" FROM "experiment_host_users" WHERE "email" = lower($1)`,
        [email],
      );
      if (person === undefined) return false;
      if (role === null)
        await execute(transaction, `DELETE FROM "ExperimentMember" WHERE "userId" = $1`, [person.id]);
      else
        await execute(
          transaction,
          `INSERT INTO "ExperimentMember" ("userId", "role", "grantedById") VALUES ($1, $2, $3)
           ON CONFLICT ("userId") DO UPDATE
             SET "role" = EXCLUDED."role", "grantedById" = EXCLUDED."grantedById", "grantedAt" = clock_timestamp()
             WHERE "ExperimentMember"."role" <> EXCLUDED."role"`,
          [person.id, role.toUpperCase(), actorId],
        );
      return true;
    });
  }
}

interface MemberRow extends Omit<Member, "role" | "grantedBy"> {
  role: ExperimentRole | null;
  giverId: HostId | null;
  giverName: string | null;
}
