import { joinSaid, levelFor, NEAREST_FIRST } from "../../teams/utils";
import { queryRowsOften } from "../sql/named-statements";
import { type Pool, queryRows } from "../sql/runner";
import type { HostId } from "../types/host-id";
import type { FlagSaying, SourcedSaying } from "../utils/former-flag";
import { ROLLED_OUT } from "./rolled-out-sql";

/** Whom a flag is asked for; with a team only that team counts, and only if the user has joined it. */
export interface FlagQuestion {
  slug: string;
  userId: HostId | null;
  teamId: HostId | null;
}

/** Reads what the rows of flags say, as they are now. It must agree with how plain flags are resolved. */
export class FlagRowsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order of the questions; null where no row says anything. */
  async find(questions: FlagQuestion[]): Promise<(FlagSaying | null)[]> {
    const rows = await queryRowsOften<FlagSaying & { position: number }>(
      this.#pool,
      SAID,
      valuesOf(questions),
    );
    const found = new Map(rows.map(({ position, isOn, isOwn }) => [position, { isOn, isOwn }]));
    return questions.map((_, index) => found.get(index + 1) ?? null);
  }

  /** The same, with the row that says it. */
  async findSources(questions: FlagQuestion[]): Promise<(SourcedSaying | null)[]> {
    if (questions.length === 0) return [];
    const rows = await queryRows<SourceRow>(this.#pool, SAID_BY, valuesOf(questions));
    const found = new Map(rows.map((row) => [row.position, toSourced(row)]));
    return questions.map((_, index) => found.get(index + 1) ?? null);
  }
}

interface SourceRow extends FlagSaying {
  position: number;
  level: number;
  teamId: HostId | null;
  teamName: string | null;
  since: Date | null;
}

/** From the nearest to what stands behind all rows. */
const LEVELS = ["user", "team", "organization", "rollout"] as const;

function toSourced({ isOn, isOwn, level, teamId, teamName, since }: SourceRow): SourcedSaying {
  return {
    isOn,
    isOwn,
    level: LEVELS[level - 1] ?? "rollout",
    team: teamId === null ? null : { id: teamId, name: teamName ?? "" },
    since,
  };
}

function valuesOf(questions: FlagQuestion[]): unknown[] {
  return [
    questions.map(({ slug }) => slug),
    questions.map(({ userId }) => userId),
    questions.map(({ teamId }) => teamId),
  ];
}

const SAYING = `nearest."enabled" AS "isOn", nearest."level" = 1 AS "isOwn"`;
const SOURCED = `${SAYING}, nearest."level", nearest."teamId", nearest."assignedAt" AS "since",
    (SELECT "name" FROM "experiment_host_teams" WHERE "id" = nearest."teamId" LIMIT 1) AS "teamName"`;

// Starts at the subject and uses an index for each step, so that the cost does not grow with the rows of others.
const buildSaidSql = (columns: string) => `
  WITH question AS (
    SELECT * FROM unnest($1::text[], $2::experiment_user_id[], $3::experiment_team_id[]) WITH ORDINALITY
      AS question (slug, user_id, team_id, position)
  )
  SELECT question.position::int, ${columns}
  FROM question CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT 1 AS "level", "enabled", "assignedAt", NULL::experiment_team_id AS "teamId" FROM "UserFeatures"
      WHERE "userId" = question.user_id AND "featureId" = question.slug AND "enabled" IS NOT NULL
      UNION ALL
      SELECT "said"."level", "said"."enabled", "said"."assignedAt", "said"."teamId" FROM (
        SELECT "team_id" FROM "experiment_host_memberships"
        WHERE "user_id" = question.user_id AND "team_id" = coalesce(question.team_id, "team_id")
        UNION ALL SELECT question.team_id WHERE question.user_id IS NULL AND question.team_id IS NOT NULL
      ) AS asking
      CROSS JOIN LATERAL (
        SELECT ${levelFor('"team"')} AS "level", "said"."enabled", "said"."assignedAt", "said"."teamId"
        FROM "experiment_host_teams" AS "team" ${joinSaid('"team"')}
        WHERE "team"."id" = asking."team_id" AND "said"."featureId" = question.slug OFFSET 0
      ) AS "said"
      UNION ALL ${ROLLED_OUT}
    ) AS "said"
    ORDER BY ${NEAREST_FIRST} LIMIT 1
  ) AS nearest`;

const SAID = buildSaidSql(SAYING);
const SAID_BY = buildSaidSql(SOURCED);
