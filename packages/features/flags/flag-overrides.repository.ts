import { containing } from "@calcom/lib/sql";
import type { Database } from "@calcom/prisma";
import { isOnSql, joinSaid, levelFor, NEAREST_FIRST } from "../teams/utils";
import { rowsCountSql } from "./rows-count-sql";
import type {
  AssignInput,
  FlagSubjectPage,
  FlagSubjectRow,
  InheritedSource,
  Override,
  SubjectKind,
} from "./types";
import { withActor } from "./with-actor.repository";

export interface SubjectSearch {
  slug: string;
  kind: SubjectKind;
  search: string;
  onlyOverridden: boolean;
  limit: number;
  cursor: { key: string; id: number } | null;
}

/** Reads and writes the rows by which users and teams differ from what they would inherit. */
export class FlagOverridesRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Sorted by name. The cursor is a name and an id, so that assignments made meanwhile cannot disturb the pages. */
  async findSubjects({
    slug,
    kind,
    search,
    onlyOverridden,
    limit,
    cursor,
  }: SubjectSearch): Promise<FlagSubjectPage> {
    const { rows } = await this.#database.pool.query<SubjectRow>(kind === "user" ? USERS : TEAMS, [
      slug,
      search === "" ? null : containing(search),
      onlyOverridden,
      cursor?.key ?? null,
      cursor?.id ?? null,
      // One more than wanted tells whether there is a next page.
      limit + 1,
    ]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((row) => toSubject(kind, row)),
      nextCursor: last ? { key: last.key, id: last.id } : null,
    };
  }

  async subjectExists(kind: SubjectKind, id: number): Promise<boolean> {
    const { prisma } = this.#database;
    return (
      (kind === "user"
        ? await prisma.user.count({ where: { id } })
        : await prisma.team.count({ where: { id } })) > 0
    );
  }

  /**
   * Returns whether anything was written. Nothing is if the row says so already, if there is no such subject, or if the
   * flag is an experiment by now, which the statement itself checks.
   */
  async assign(actorId: number, { slug, kind, id, override }: AssignInput): Promise<{ changed: boolean }> {
    const count = await withActor(this.#database, actorId, async (tx) => {
      // A start takes the rows over as they are: what it would miss has to wait, and is refused then.
      await tx.$queryRawUnsafe(HOLD_FORMER, slug);
      if (override === "inherit")
        return tx.$executeRawUnsafe(kind === "user" ? FREE_USER : FREE_TEAM, slug, id);
      const statement = kind === "user" ? ASSIGN_USER : ASSIGN_TEAM;
      return tx.$executeRawUnsafe(statement, slug, id, override === "on", actorId);
    });
    return { changed: count > 0 };
  }
}

interface SubjectRow {
  id: number;
  name: string;
  detail: string;
  /** The sort key, as the database has it. */
  key: string;
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

const IS_BY_ROLLOUT = `"feature"."enabled" AND "feature"."rolloutUnit" IS NOT NULL`;

const USERS = `
  SELECT "user"."id", "user"."name", "user"."email" AS "detail", lower("user"."name") AS "key",
    NULL AS "organizationName", false AS "isOrganization", "own"."enabled" AS "own",
    COALESCE("said"."enabled", ${isOnSql('"feature"', {
      user: '"user"."id"',
      teams: `SELECT "teamId" FROM "Membership" WHERE "userId" = "user"."id" AND "accepted"`,
    })}) AS "inherited",
    CASE WHEN "said"."level" = 2 THEN 'team' WHEN "said"."level" = 3 THEN 'organization'
      WHEN ${IS_BY_ROLLOUT} THEN 'rollout' ELSE 'global' END AS "source"
  FROM "User" AS "user"
  JOIN "Feature" AS "feature" ON "feature"."slug" = $1
  LEFT JOIN "UserFeatures" AS "own" ON "own"."userId" = "user"."id" AND "own"."featureId" = $1
  LEFT JOIN LATERAL (
    SELECT ${levelFor('"Team"')} AS "level", "said"."enabled"
    FROM "Membership" AS "member" JOIN "Team" ON "Team"."id" = "member"."teamId" ${joinSaid('"Team"')}
    WHERE "member"."userId" = "user"."id" AND "member"."accepted" AND "said"."featureId" = $1
    ORDER BY ${NEAREST_FIRST} LIMIT 1
  ) AS "said" ON true
  WHERE ($2::text IS NULL OR "user"."name" ILIKE $2 OR "user"."email" ILIKE $2)
    AND (NOT $3::boolean OR "own"."enabled" IS NOT NULL)
    AND ($4::text IS NULL OR (lower("user"."name"), "user"."id") > ($4, $5::int))
  ORDER BY lower("user"."name"), "user"."id" LIMIT $6`;

const TEAMS = `
  SELECT "team"."id", "team"."name", "team"."slug" AS "detail", lower("team"."name") AS "key",
    "parent"."name" AS "organizationName", "team"."isOrganization", "own"."enabled" AS "own",
    COALESCE("said"."enabled", CASE WHEN ${IS_BY_ROLLOUT} AND "feature"."rolloutUnit" = 'user' THEN NULL
      ELSE ${isOnSql('"feature"', { user: "NULL::int", teams: `SELECT "team"."id"` })} END) AS "inherited",
    CASE WHEN "said"."enabled" IS NOT NULL THEN 'organization'
      WHEN ${IS_BY_ROLLOUT} THEN 'rollout' ELSE 'global' END AS "source"
  FROM "Team" AS "team"
  JOIN "Feature" AS "feature" ON "feature"."slug" = $1
  LEFT JOIN "Team" AS "parent" ON "parent"."id" = "team"."parentId"
  LEFT JOIN "TeamFeatures" AS "own" ON "own"."teamId" = "team"."id" AND "own"."featureId" = $1
  LEFT JOIN "TeamFeatures" AS "said" ON "said"."teamId" = "team"."parentId" AND "said"."featureId" = $1
  WHERE ($2::text IS NULL OR "team"."name" ILIKE $2 OR "team"."slug" ILIKE $2)
    AND (NOT $3::boolean OR "own"."enabled" IS NOT NULL)
    AND ($4::text IS NULL OR (lower("team"."name"), "team"."id") > ($4, $5::int))
  ORDER BY lower("team"."name"), "team"."id" LIMIT $6`;

const assignTo = (
  table: "UserFeatures" | "TeamFeatures",
  column: "userId" | "teamId",
  subjects: "User" | "Team",
) => `
  INSERT INTO "${table}" ("${column}", "featureId", "enabled", "assignedBy")
  SELECT "subject"."id", "feature"."slug", $3::boolean, $4::int
  FROM "Feature" AS "feature", "${subjects}" AS "subject"
  WHERE "feature"."slug" = $1 AND ${rowsCountSql('"feature"')} AND "subject"."id" = $2::int
  ON CONFLICT ("${column}", "featureId") DO UPDATE
    SET "enabled" = EXCLUDED."enabled", "assignedBy" = EXCLUDED."assignedBy", "assignedAt" = now()
    WHERE "${table}"."enabled" <> EXCLUDED."enabled"`;
const freeOf = (table: "UserFeatures" | "TeamFeatures", column: "userId" | "teamId") => `
  DELETE FROM "${table}" AS "own" USING "Feature" AS "feature"
  WHERE "own"."featureId" = $1 AND "own"."${column}" = $2::int AND "feature"."slug" = $1 AND ${rowsCountSql('"feature"')}`;
const FREE_USER = freeOf("UserFeatures", "userId");
const FREE_TEAM = freeOf("TeamFeatures", "teamId");

const HOLD_FORMER = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" = 'EXPERIMENT' FOR SHARE`;

const ASSIGN_USER = assignTo("UserFeatures", "userId", "User");
const ASSIGN_TEAM = assignTo("TeamFeatures", "teamId", "Team");
