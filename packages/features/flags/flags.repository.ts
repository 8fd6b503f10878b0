import { containing, SLUG_USED_BEFORE, sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import { execute, nameOfRow, type Pool, queryRows, readLong, withActor } from "../experiments/sql";
import type { HostId } from "../experiments/types";
import { COUNT_ALL, LIST, type ListedFlag } from "./flag-list-sql";
import { toSummary } from "./flag-summary";
import { RESOLVE, RESOLVE_OF_ANY_TYPE } from "./resolve-sql";
import { ROLL_OUT, ROLL_OUT_FROM } from "./rollout-sql";
import { rowsCountSql } from "./rows-count-sql";
import { differsFrom, type SwitchedColumn, switchColumn } from "./switch-sql";
import {
  FLAGS_PER_PAGE,
  type FlagInput,
  type FlagListQuery,
  type FlagPage,
  type FlagSource,
  type FlagSubject,
  type FlagType,
  flagTypes,
  type Rollout,
} from "./types";

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
  readonly #pool: Pool;
  readonly #resolve: string;
  /** @param isAnyType whether the type of flags may be another one than that of this repository's migrations */
  constructor({ pool }: { pool: Pool }, { isAnyType = false } = {}) {
    this.#pool = pool;
    this.#resolve = isAnyType ? RESOLVE_OF_ANY_TYPE : RESOLVE;
  }

  /**
   * Resolves all flags in one statement: by the user's own row, otherwise by rows of joined teams, otherwise by rows of
   * organizations (joined, or parent of a joined team), otherwise by the flag's own state and its rollout. If rows of one
   * level disagree, or teams in a rollout, on wins. Experiments and unknown slugs are left out: what was a flag is answered by the experiments.
   */
  resolve({ userId, teamId = null }: FlagSubject, slugs: readonly string[] | null): Promise<ResolvedFlag[]> {
    return queryRows<ResolvedFlag>(this.#pool, this.#resolve, [userId, teamId, slugs], LIMIT_MS);
  }

  /** A page of those in which each word of the search occurs: kill switches first, and then by slug. */
  async list({
    search,
    page,
    onlyStale,
    onlyScheduled,
  }: FlagListQuery): Promise<Omit<FlagPage, "abilities">> {
    const words = search.split(/\s+/).filter((word) => word !== "");
    const patterns = words.length === 0 ? null : words.map(containing);
    const [rows, counted] = await Promise.all([
      readLong<ListedFlag>(this.#pool, LIST, [
        patterns,
        flagTypes,
        page,
        FLAGS_PER_PAGE,
        onlyStale,
        onlyScheduled,
      ]),
      queryRows<{ overall: number }>(this.#pool, COUNT_ALL),
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

  /** A flag of another application may have no type, or one of its own. Null where there is no such flag. */
  async typeOf(slug: string): Promise<FlagType | null> {
    const [row] = await queryRows<{ type: FlagType }>(this.#pool, TYPE_OF, [slug]);
    return row?.type ?? null;
  }

  /** Whether settings of users and teams count. */
  async doRowsCount(slug: string): Promise<boolean> {
    const sql = `SELECT FROM "Feature" WHERE "slug" = $1 AND ${rowsCountSql('"Feature"')}`;
    return (await queryRows(this.#pool, sql, [slug])).length > 0;
  }

  /** Changes neither an experiment nor a flag that is in this state already, so that the log holds changes only. */
  setEnabled(actorId: HostId, slug: string, enabled: boolean, version?: number): Promise<Changed> {
    return this.#update(actorId, slug, { column: "enabled", value: enabled }, version);
  }

  setStale(actorId: HostId, slug: string, stale: boolean, version?: number): Promise<Changed> {
    return this.#update(actorId, slug, { column: "stale", value: stale }, version);
  }

  /**
   * The same for whom it is on while it is; null is everybody. `from` is for whom it has to be now, where that is said.
   */
  async setRollout(
    actorId: HostId,
    slug: string,
    rollout: Rollout | null,
    from?: Rollout | null,
  ): Promise<{ changed: boolean }> {
    const values = [slug, ...columnsOf(rollout), actorId];
    const count = await withActor(this.#pool, actorId, (transaction) =>
      from === undefined
        ? execute(transaction, ROLL_OUT, values, LIMIT_MS)
        : execute(transaction, ROLL_OUT_FROM, [...values, ...columnsOf(from)], LIMIT_MS),
    );
    return { changed: count > 0 };
  }

  async isRolledOutTo(slug: string, rollout: Rollout | null): Promise<boolean> {
    const sql = `SELECT FROM "Feature" WHERE "slug" = $1
      AND ("rolloutPercentage", "rolloutUnit") IS NOT DISTINCT FROM ($2::float8, $3::text)`;
    return (await queryRows(this.#pool, sql, [slug, ...columnsOf(rollout)])).length > 0;
  }

  /** The name of whoever changed it last, as far as that is known. */
  async findEditor(slug: string): Promise<string | null> {
    const [row] = await queryRows<{ name: string }>(this.#pool, EDITOR, [slug]);
    return row?.name ?? null;
  }

  /** Null if the slug is taken or belonged to an experiment: those slugs are never given away again. */
  async create(actorId: HostId, { slug, type, description }: FlagInput): Promise<{ slug: string } | null> {
    try {
      await withActor(this.#pool, actorId, (transaction) =>
        execute(transaction, CREATE, [slug, type, description || null, actorId], LIMIT_MS),
      );
      return { slug };
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
  delete(actorId: HostId, slug: string): Promise<{ overrides: number } | null> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const found = await queryRows(transaction, HOLD, [slug], LIMIT_MS);
      if (found.length === 0) return null;
      let overrides = 0;
      for (const statement of [DELETE_OF_USERS, DELETE_OF_TEAMS]) {
        for (let count = SLICE; count === SLICE; overrides += count)
          count = await execute(transaction, statement, [slug, SLICE], LIMIT_MS);
      }
      await execute(transaction, `DELETE FROM "Feature" WHERE "slug" = $1`, [slug], LIMIT_MS);
      return { overrides };
    });
  }

  /** A flag that is in this state already was not changed, and is not stale either, whoever has brought it there. */
  #update(
    actorId: HostId,
    slug: string,
    change: SwitchedColumn,
    version: number | undefined,
  ): Promise<Changed> {
    return withActor(this.#pool, actorId, async (transaction) => {
      const count = await switchColumn(transaction, { slug, change, version, actorId }, LIMIT_MS);
      if (count > 0) return { changed: true, isStale: false };
      if (version === undefined) return { changed: false, isStale: false };
      const sql = `SELECT FROM "Feature" WHERE ${differsFrom(change)}`;
      const found = await queryRows(transaction, sql, [slug, change.value], LIMIT_MS);
      return { changed: false, isStale: found.length > 0 };
    });
  }
}

function columnsOf(rollout: Rollout | null): [percentage: number | null, unit: Rollout["unit"] | null] {
  return [rollout?.percentage ?? null, rollout?.unit ?? null];
}

/** Somebody else may hold the row for a while. */
const LIMIT_MS = 15_000;

const EDITOR = `SELECT ${nameOfRow('"editor"')} AS "name" FROM "Feature"
  JOIN "experiment_host_users" AS "editor" ON "editor"."id" = "Feature"."updatedBy" WHERE "Feature"."slug" = $1`;
const TYPE_OF = `SELECT coalesce("type"::text, 'RELEASE') AS "type" FROM "Feature" WHERE "slug" = $1`;
const CREATE = `INSERT INTO "Feature" ("slug", "type", "description", "updatedBy") VALUES ($1, $2, $3, $4)`;

/** Each row leaves a line in the audit log, some 30,000 a second: a slice has twenty times what it needs. */
const SLICE = 20_000;

/** Keeps other changes away. What comes in meanwhile all the same goes with the flag itself. */
const HOLD = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT' FOR NO KEY UPDATE`;

const deleteSliceOf = (table: "UserFeatures" | "TeamFeatures") => `
  DELETE FROM "${table}" WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM "${table}" WHERE "featureId" = $1 LIMIT $2 FOR UPDATE))`;
const DELETE_OF_USERS = deleteSliceOf("UserFeatures");
const DELETE_OF_TEAMS = deleteSliceOf("TeamFeatures");
