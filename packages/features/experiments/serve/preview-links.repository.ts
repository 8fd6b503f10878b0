import { nameOfRow } from "../sql/names-sql";
import { execute, type Pool, queryRows, type SqlRunner, withActor } from "../sql/runner";
import { takeTurn } from "../sql/take-turn";
import type { HostId } from "../types/host-id";
import type { ExperimentRole } from "../types/roles";
import type { Standing } from "./members.repository";

/** What a link shows of one experiment while it lasts: its variants, or its report. */
export type LinkedContent = "variants" | "report";

/** A link that people have made, without what would open it. */
export interface StoredPreviewLink {
  /** 32 hexadecimal digits. */
  id: string;
  maker: { id: HostId; name: string };
  createdAt: Date;
  expiresAt: Date;
}

/** A link, with what its maker may do now. */
export interface LinkOfMaker extends Standing {
  id: string;
  slug: string;
}

/**
 * The links of one kind that people have made. A trigger writes into the audit log who made one, and who took one back.
 * Links to variants are signed; of what opens a report the hash is kept.
 */
export class PreviewLinksRepository {
  readonly #pool: Pool;
  readonly #isOfKind: string;

  constructor(pool: Pool, content: LinkedContent = "variants") {
    this.#pool = pool;
    this.#isOfKind = `link."tokenHash" IS ${content === "report" ? "NOT NULL" : "NULL"}`;
  }

  /**
   * Returns its id; null where the experiment is gone, and `full` where it has `most` that count already. Whoever makes one
   * for the same experiment waits, so that no two are the last. Those that have expired are tidied away.
   */
  async add(
    makerId: HostId,
    { slug, expiresAt, tokenHash }: { slug: string; expiresAt: Date; tokenHash: string | null },
    { most, counts }: { most: number; counts: (link: LinkOfMaker) => boolean },
  ): Promise<{ id: string } | "full" | null> {
    return withActor(this.#pool, makerId, async (transaction) => {
      await takeTurn(transaction, `links of ${slug}`);
      const present = await this.#findBy(`link."experimentSlug" = $1`, [slug], transaction);
      if (present.filter(counts).length >= most) return "full";
      await execute(
        transaction,
        `DELETE FROM "PreviewLink" WHERE "experimentSlug" = $1 AND "expiresAt" <= clock_timestamp()`,
        [slug],
      );
      const [row] = await queryRows<{ id: string }>(
        transaction,
        `INSERT INTO "PreviewLink" AS link ("experimentSlug", "makerId", "expiresAt", "tokenHash")
         SELECT "slug", $2, $3, $4 FROM "Feature" WHERE "slug" = $1 FOR KEY SHARE RETURNING ${ID}`,
        [slug, makerId, expiresAt, tokenHash],
      );
      return row ?? null;
    });
  }

  /** The latest first. */
  async list(slug: string): Promise<StoredPreviewLink[]> {
    const rows = await queryRows<Omit<StoredPreviewLink, "maker"> & { makerId: HostId; makerName: string }>(
      this.#pool,
      `SELECT ${ID}, link."createdAt", link."expiresAt", person."id" AS "makerId", ${nameOfRow("person")} AS "makerName"
       FROM "PreviewLink" AS link JOIN "experiment_host_users" AS person ON person."id" = link."makerId"
       WHERE link."experimentSlug" = $1 AND link."expiresAt" > clock_timestamp() AND ${this.#isOfKind}
       ORDER BY link."createdAt" DESC`,
      [slug],
    );
    return rows.map(({ makerId, makerName, ...row }) => ({
      ...row,
      maker: { id: makerId, name: makerName },
    }));
  }

  /** False where there is no such link of that experiment. */
  async remove(actorId: HostId, slug: string, id: string): Promise<boolean> {
    const rows = await withActor(this.#pool, actorId, (transaction) =>
      queryRows(
        transaction,
        `DELETE FROM "PreviewLink" AS link WHERE "id" = $1::uuid AND "experimentSlug" = $2 AND ${this.#isOfKind} RETURNING "id"`,
        [id, slug],
      ),
    );
    return rows.length > 0;
  }

  /** Those of these that are there. */
  async find(ids: string[]): Promise<LinkOfMaker[]> {
    return this.#findBy(`link."id" = ANY($1::uuid[])`, [ids]);
  }

  /** The one that such a secret opens. */
  async findByHash(tokenHash: string): Promise<LinkOfMaker | null> {
    const [link] = await this.#findBy(`link."tokenHash" = $1`, [tokenHash]);
    return link ?? null;
  }

  /** One statement for whatever may be wrong with a link, so that the time it takes tells nothing. */
  #findBy(condition: string, values: unknown[], runner: SqlRunner = this.#pool): Promise<LinkOfMaker[]> {
    return queryRows<LinkOfMaker & { role: ExperimentRole | null }>(
      runner,
      `SELECT ${ID}, link."experimentSlug" AS "slug", person."is_admin" AS "isSystemAdmin",
         lower(member."role"::text) AS "role"
       FROM "PreviewLink" AS link JOIN "experiment_host_users" AS person ON person."id" = link."makerId"
       LEFT JOIN "ExperimentMember" AS member ON member."userId" = person."id"
       WHERE ${condition} AND link."expiresAt" > clock_timestamp() AND ${this.#isOfKind}`,
      values,
    );
  }
}

const ID = `replace(link."id"::text, '-', '') AS "id"`;
