import { containing, SLUG_USED_BEFORE, sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import type { Database } from "@calcom/prisma";
import type { FeatureType } from "@calcom/prisma/client";
import { COUNT_ALL, LIST, type ListedFlag } from "./flag-list-sql";
import { toSummary } from "./flag-summary";
import { RESOLVE } from "./resolve-sql";
import { ROLL_OUT, ROLL_OUT_FROM } from "./rollout-sql";
import { rowsCountSql } from "./rows-count-sql";
import {
  FLAGS_PER_PAGE,
  type FlagInput,
  type FlagListQuery,
  type FlagPage,
  type FlagSource,
  type FlagSubject,
  flagTypes,
  type Rollout,
} from "./types";
import { withActor } from "./with-actor.repository";

export interface ResolvedFlag {
  slug: string;
  enabled: boolean;
  source: FlagSource;
}

interface Changed {
  changed: boolean;
  /** It was changed since somebody saw it, so that it stays as it is. */
  isStale: boolean;
}

export class FlagsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Resolves all flags in one statement: by the user's own row, otherwise by rows of joined teams, otherwise by rows of
   * organizations (joined, or parent of a joined team), otherwise by the flag's own state and its rollout. If rows of one
   * level disagree, or teams in a rollout, on wins. Experiments and unknown slugs are left out: what was a flag is answered by the experiments.
   */
  async resolve(
    { userId, teamId = null }: FlagSubject,
    slugs: readonly string[] | null,
  ): Promise<ResolvedFlag[]> {
    const { rows } = await this.#database.pool.query<ResolvedFlag>(RESOLVE, [userId, teamId, slugs]);
    return rows;
  }

  /** A page of those in which each word of the search occurs: kill switches first, and then by slug. */
  async list({ search, page, onlyStale, onlyScheduled }: FlagListQuery): Promise<FlagPage> {
    const words = search.split(/\s+/).filter((word) => word !== "");
    const patterns = words.length === 0 ? null : words.map(containing);
    const [{ rows }, { rows: counted }] = await Promise.all([
      this.#database.pool.query<ListedFlag>(LIST, [
        patterns,
        flagTypes,
        page,
        FLAGS_PER_PAGE,
        onlyStale,
        onlyScheduled,
      ]),
      this.#database.pool.query<{ overall: number }>(COUNT_ALL),
    ]);
    const total = rows[0]?.total ?? 0;
    const pages = Math.max(Math.ceil(total / FLAGS_PER_PAGE), 1);
    return {
      items: rows.map(toSummary),
      total,
      overall: counted[0]?.overall ?? 0,
      page: Math.min(page, pages),
    };
  }

  async typeOf(slug: string): Promise<FeatureType | null> {
    const row = await this.#database.prisma.feature.findUnique({ where: { slug }, select: { type: true } });
    return row?.type ?? null;
  }

  /** Whether settings of users and teams count. */
  async doRowsCount(slug: string): Promise<boolean> {
    const { rows } = await this.#database.pool.query(
      `SELECT FROM "Feature" WHERE "slug" = $1 AND ${rowsCountSql('"Feature"')}`,
      [slug],
    );
    return rows.length > 0;
  }

  /** Changes neither an experiment nor a flag that is in this state already, so that the log holds changes only. */
  setEnabled(actorId: number, slug: string, enabled: boolean, version?: number): Promise<Changed> {
    return this.#update(actorId, slug, { enabled }, version);
  }

  setStale(actorId: number, slug: string, stale: boolean, version?: number): Promise<Changed> {
    return this.#update(actorId, slug, { stale }, version);
  }

  /**
   * The same for whom it is on while it is; null is everybody. `from` is for whom it has to be now, where that is said.
   */
  async setRollout(
    actorId: number,
    slug: string,
    rollout: Rollout | null,
    from?: Rollout | null,
  ): Promise<{ changed: boolean }> {
    const values = [slug, ...columnsOf(rollout), actorId];
    const count = await withActor(this.#database, actorId, (tx) =>
      from === undefined
        ? tx.$executeRawUnsafe(ROLL_OUT, ...values)
        : tx.$executeRawUnsafe(ROLL_OUT_FROM, ...values, ...columnsOf(from)),
    );
    return { changed: count > 0 };
  }

  async isRolledOutTo(slug: string, rollout: Rollout | null): Promise<boolean> {
    const { rows } = await this.#database.pool.query(
      `SELECT FROM "Feature" WHERE "slug" = $1
         AND ("rolloutPercentage", "rolloutUnit") IS NOT DISTINCT FROM ($2::float8, $3::text)`,
      [slug, ...columnsOf(rollout)],
    );
    return rows.length > 0;
  }

  /** Null if the slug is taken or belonged to an experiment: those slugs are never given away again. */
  async create(actorId: number, { slug, type, description }: FlagInput): Promise<{ slug: string } | null> {
    try {
      return await withActor(this.#database, actorId, (tx) =>
        tx.feature.create({
          data: { slug, type, description: description || null, updatedBy: actorId },
          select: { slug: true },
        }),
      );
    } catch (error) {
      const state = sqlState(error);
      if (state === UNIQUE_VIOLATION || state === SLUG_USED_BEFORE) return null;
      throw error;
    }
  }

  /**
   * Deletes the rows of its users and teams as well, all or nothing, and says how many those were; never an experiment.
   * Null where there is no such flag.
   */
  delete(actorId: number, slug: string): Promise<{ overrides: number } | null> {
    return withActor(
      this.#database,
      actorId,
      async (tx) => {
        const found = await tx.$queryRawUnsafe<unknown[]>(HOLD, slug);
        if (found.length === 0) return null;
        let overrides = 0;
        for (const statement of [DELETE_OF_USERS, DELETE_OF_TEAMS]) {
          for (let count = SLICE; count === SLICE; overrides += count)
            count = await tx.$executeRawUnsafe(statement, slug, SLICE);
        }
        await tx.feature.delete({ where: { slug }, select: { slug: true } });
        return { overrides };
      },
      { limitMs: DELETION_MS },
    );
  }

  /** A flag that is in this state already was not changed, and is not stale either, whoever has brought it there. */
  #update(
    actorId: number,
    slug: string,
    change: { enabled: boolean } | { stale: boolean },
    version: number | undefined,
  ): Promise<Changed> {
    return withActor(this.#database, actorId, async (tx) => {
      const differing = { slug, type: { not: "EXPERIMENT" as const }, NOT: change };
      const { count } = await tx.feature.updateMany({
        where: { ...differing, ...(version !== undefined && { version }) },
        data: { ...change, updatedBy: actorId },
      });
      if (count > 0) return { changed: true, isStale: false };
      return {
        changed: false,
        isStale: version !== undefined && (await tx.feature.count({ where: differing })) > 0,
      };
    });
  }
}

function columnsOf(rollout: Rollout | null): [percentage: number | null, unit: Rollout["unit"] | null] {
  return [rollout?.percentage ?? null, rollout?.unit ?? null];
}

const DELETION_MS = 600_000;
/**
 * Each row leaves a line in the audit log, some 30,000 a second. The pool ends a statement after fifteen seconds, so that
 * a slice has twenty times what it needs.
 */
const SLICE = 20_000;

/** Keeps other changes away. What comes in meanwhile all the same goes with the flag itself. */
const HOLD = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" <> 'EXPERIMENT' FOR NO KEY UPDATE`;

const deleteSliceOf = (table: "UserFeatures" | "TeamFeatures") => `
  DELETE FROM "${table}" WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM "${table}" WHERE "featureId" = $1 LIMIT $2 FOR UPDATE))`;
const DELETE_OF_USERS = deleteSliceOf("UserFeatures");
const DELETE_OF_TEAMS = deleteSliceOf("TeamFeatures");
