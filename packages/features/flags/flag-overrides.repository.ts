import { containing } from "@calcom/lib/sql";
import { execute, type Pool, queryRows, readLong, withActor } from "../experiments/sql";
import type { HostId } from "../experiments/types";
import { rowsCountSql } from "./rows-count-sql";
import { SUBJECTS } from "./subjects-sql";
import type {
  AssignInput,
  FlagSubjectPage,
  FlagSubjectRow,
  InheritedSource,
  Override,
  SubjectKind,
} from "./types";

/** Whoever has no name has no key. */
interface Cursor {
  key: string | null;
  id: HostId;
}

export interface SubjectSearch {
  slug: string;
  kind: SubjectKind;
  search: string;
  onlyOverridden: boolean;
  limit: number;
  /** The end of the page before. */
  cursor: Cursor | null;
}

/** Reads and writes the rows by which users and teams differ from what they would inherit. */
export class FlagOverridesRepository {
  readonly #pool: Pool;

  constructor({ pool }: { pool: Pool }) {
    this.#pool = pool;
  }

  /** Sorted by name. The cursor is a name and an id, so that assignments made meanwhile cannot disturb the pages. */
  async findSubjects(search: SubjectSearch): Promise<FlagSubjectPage> {
    const { kind, limit, cursor } = search;
    // One more than wanted tells whether there is a next page.
    const wanted = limit + 1;
    const isPastNames = cursor?.key === null;
    const rows = isPastNames ? [] : await this.#find(SUBJECTS[kind].named, search, wanted);
    if (rows.length < wanted) {
      const unnamed = { ...search, cursor: isPastNames ? cursor : null };
      rows.push(...(await this.#find(SUBJECTS[kind].unnamed, unnamed, wanted - rows.length)));
    }
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((row) => toSubject(kind, row)),
      nextCursor: last ? { key: last.key, id: last.id } : null,
    };
  }

  #find(
    statement: string,
    { slug, search, onlyOverridden, cursor }: SubjectSearch,
    limit: number,
  ): Promise<SubjectRow[]> {
    const pattern = search === "" ? null : containing(search);
    const values = [slug, pattern, onlyOverridden, cursor?.key ?? null, cursor?.id ?? null, limit];
    return readLong<SubjectRow>(this.#pool, statement, values);
  }

  async subjectExists(kind: SubjectKind, id: HostId): Promise<boolean> {
    const view = kind === "user" ? "experiment_host_users" : "experiment_host_teams";
    return (await queryRows(this.#pool, `SELECT FROM "${view}" WHERE "id" = $1`, [id])).length > 0;
  }

  /**
   * Returns whether anything was written. Nothing is if the row says so already, if there is no such subject, or if the
   * flag is an experiment by now, which the statement itself checks.
   */
  async assign(actorId: HostId, { slug, kind, id, override }: AssignInput): Promise<{ changed: boolean }> {
    const count = await withActor(this.#pool, actorId, async (transaction) => {
      // A start takes the rows over as they are: what it would miss has to wait, and is refused then.
      await queryRows(transaction, HOLD_FORMER, [slug], LIMIT_MS);
      if (override === "inherit")
        return execute(transaction, kind === "user" ? FREE_USER : FREE_TEAM, [slug, id], LIMIT_MS);
      const statement = kind === "user" ? ASSIGN_USER : ASSIGN_TEAM;
      return execute(transaction, statement, [slug, id, override === "on", actorId], LIMIT_MS);
    });
    return { changed: count > 0 };
  }
}

/** A start may hold the flag for a while. */
const LIMIT_MS = 15_000;

interface SubjectRow {
  id: HostId;
  name: string;
  detail: string;
  /** The sort key, as the database has it. */
  key: string | null;
  organizationName: string | null;
  isOrganization: boolean;
  own: boolean | null;
  inherited: boolean | null;
  source: InheritedSource;
}

function toSubject(
  kind: SubjectKind,
  { own, inherited, source, key: _key, ...row }: SubjectRow,
): FlagSubjectRow {
  return { kind, ...row, override: toOverride(own), inherited: { enabled: inherited, source } };
}

function toOverride(own: boolean | null): Override {
  if (own === null) return "inherit";
  return own ? "on" : "off";
}

const assignTo = (
  table: "UserFeatures" | "TeamFeatures",
  column: "userId" | "teamId",
  subjects: "experiment_host_users" | "experiment_host_teams",
) => `
  INSERT INTO "${table}" ("${column}", "featureId", "enabled", "assignedBy")
  SELECT "subject"."id", "feature"."slug", $3::boolean, $4
  FROM "Feature" AS "feature", "${subjects}" AS "subject"
  WHERE "feature"."slug" = $1 AND ${rowsCountSql('"feature"')} AND "subject"."id" = $2
  ON CONFLICT ("${column}", "featureId") DO UPDATE
    SET "enabled" = EXCLUDED."enabled", "assignedBy" = EXCLUDED."assignedBy", "assignedAt" = now()
    WHERE "${table}"."enabled" <> EXCLUDED."enabled"`;
const freeOf = (table: "UserFeatures" | "TeamFeatures", column: "userId" | "teamId") => `
  DELETE FROM "${table}" AS "own" USING "Feature" AS "feature"
  WHERE "own"."featureId" = $1 AND "own"."${column}" = $2 AND "feature"."slug" = $1 AND ${rowsCountSql('"feature"')}`;
const FREE_USER = freeOf("UserFeatures", "userId");
const FREE_TEAM = freeOf("TeamFeatures", "teamId");

const HOLD_FORMER = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" = 'EXPERIMENT' FOR SHARE`;

const ASSIGN_USER = assignTo("UserFeatures", "userId", "experiment_host_users");
const ASSIGN_TEAM = assignTo("TeamFeatures", "teamId", "experiment_host_teams");
