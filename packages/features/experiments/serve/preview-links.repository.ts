import { execute, type Pool, queryRows, withActor } from "../sql/runner";
import type { ExperimentRole } from "../utils/permissions";
import type { Standing } from "./members.repository";

/** Links that show the variants of one experiment, while they last. */
export interface StoredPreviewLink {
  /** 32 hexadecimal digits. */
  id: string;
  maker: { id: number; name: string };
  createdAt: Date;
  expiresAt: Date;
}

/** A link, with what its maker may do now. */
export interface LinkOfMaker extends Standing {
  id: string;
}

/** The links that people have made. A trigger writes into the audit log who made one, and who took one back. */
export class PreviewLinksRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Returns its id. Those of the same experiment that have expired are tidied away. */
  async add(makerId: number, slug: string, expiresAt: Date): Promise<string> {
    return withActor(this.#pool, makerId, async (transaction) => {
      await execute(
        transaction,
        `DELETE FROM "PreviewLink" WHERE "experimentSlug" = $1 AND "expiresAt" <= clock_timestamp()`,
        [slug],
      );
      const [row] = await queryRows<{ id: string }>(
        transaction,
        `INSERT INTO "PreviewLink" AS link ("experimentSlug", "makerId", "expiresAt") VALUES ($1, $2, $3) RETURNING ${ID}`,
        [slug, makerId, expiresAt],
      );
      return row?.id ?? "";
    });
  }

  /** The latest first. */
  async list(slug: string): Promise<StoredPreviewLink[]> {
    const rows = await queryRows<Omit<StoredPreviewLink, "maker"> & { makerId: number; makerName: string }>(
      this.#pool,
      `SELECT ${ID}, link."createdAt", link."expiresAt", person."id" AS "makerId", person."name" AS "makerName"
       FROM "PreviewLink" AS link JOIN "User" AS person ON person."id" = link."makerId"
       WHERE link."experimentSlug" = $1 AND link."expiresAt" > clock_timestamp()
       ORDER BY link."createdAt" DESC LIMIT 100`,
      [slug],
    );
    return rows.map(({ makerId, makerName, ...row }) => ({
      ...row,
      maker: { id: makerId, name: makerName },
    }));
  }

  /** False where there is no such link of that experiment. */
  async remove(actorId: number, slug: string, id: string): Promise<boolean> {
    const rows = await withActor(this.#pool, actorId, (transaction) =>
      queryRows(
        transaction,
        `DELETE FROM "PreviewLink" WHERE "id" = $1::uuid AND "experimentSlug" = $2 RETURNING "id"`,
        [id, slug],
      ),
    );
    return rows.length > 0;
  }

  /** Those of these that are there. */
  async find(ids: string[]): Promise<LinkOfMaker[]> {
    return queryRows<LinkOfMaker & { role: ExperimentRole | null }>(
      this.#pool,
      `SELECT ${ID}, person."role" = 'ADMIN' AS "isSystemAdmin", lower(member."role"::text) AS "role"
       FROM "PreviewLink" AS link JOIN "User" AS person ON person."id" = link."makerId"
       LEFT JOIN "ExperimentMember" AS member ON member."userId" = person."id"
       WHERE link."id" = ANY($1::uuid[]) AND link."expiresAt" > clock_timestamp()`,
      [ids],
    );
  }
}

const ID = `replace(link."id"::text, '-', '') AS "id"`;
