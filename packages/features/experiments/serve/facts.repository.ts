import { normalizeTexts } from "@calcom/lib/json";
import { derivePlan, type PlanTeam, planOfTeam } from "../../teams";
import { type Pool, queryRows } from "../sql/runner";
import { type Facts, NO_FACTS } from "../types/answers";
import type { Claims } from "../types/reports";
import type { Unit } from "../types/settings";

export interface LoadedFacts {
  user: Facts | null;
  teams: ReadonlyMap<number, Facts>;
}

/** Those of the subject of the experiment. */
export function pickFacts(
  experiment: { unit: Unit } | null,
  { teamId }: Claims,
  { user, teams }: LoadedFacts,
): Facts {
  if (experiment?.unit !== "team") return user ?? NO_FACTS;
  return (teamId === undefined ? null : teams.get(teamId)) ?? NO_FACTS;
}

/** Loads the facts that targeting rules may ask for, as they are now. */
export class FactsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async load(userId: number | null, teamIds: number[]): Promise<LoadedFacts> {
    const [found] = await queryRows<{ user: UserRow | null; teams: TeamRow[] }>(this.#pool, FACTS, [
      userId,
      teamIds,
    ]);
    const { user, teams } = found ?? { user: null, teams: [] };
    return {
      user:
        user &&
        buildUserFacts(
          user,
          teams.filter(({ isJoined }) => isJoined),
        ),
      teams: new Map(teams.map((team) => [team.id, buildTeamFacts(team)])),
    };
  }

  /** Reads a page of all users or teams, in the order of their ids. */
  async page(unit: "user" | "team", afterId: number, limit: number): Promise<{ id: number; facts: Facts }[]> {
    if (unit === "team") {
      const teams = await queryRows<{ team: TeamRow }>(
        this.#pool,
        TEAM_PAGE,
        [afterId, limit],
        PAGE_TIMEOUT_MS,
      );
      return teams.map(({ team }) => ({ id: team.id, facts: buildTeamFacts(team) }));
    }
    const users = await queryRows<{ user: UserRow; teams: TeamRow[] }>(
      this.#pool,
      USER_PAGE,
      [afterId, limit],
      PAGE_TIMEOUT_MS,
    );
    return users.map(({ user, teams }) => ({ id: user.id, facts: buildUserFacts(user, teams) }));
  }

  async count(unit: "user" | "team"): Promise<number> {
    const [row] = await queryRows<{ count: number }>(
      this.#pool,
      `SELECT count(*)::int AS count FROM ${unit === "user" ? '"User"' : '"Team"'}`,
      [],
      PAGE_TIMEOUT_MS,
    );
    return row?.count ?? 0;
  }
}

const PAGE_TIMEOUT_MS = 10_000;

interface UserRow {
  id: number;
  email: string;
  role: string;
  createdAt: string;
  attributes: Record<string, unknown>;
}

interface TeamRow extends PlanTeam {
  id: number;
  slug: string;
  parentId: number | null;
  metadata: Record<string, unknown>;
  isJoined: boolean;
}

const USER_FACTS = `SELECT "id", "email", "role", "createdAt", "attributes" FROM "User"`;

/** The columns of `team` that plans and rules need. */
const TEAM_FACTS = `team."id", team."slug", team."parentId", team."metadata", team."isOrganization",
      subscription."id" IS NOT NULL AS "isSubscribed",
      CASE WHEN parent."id" IS NOT NULL THEN jsonb_build_object(
        'isOrganization', parent."isOrganization", 'isSubscribed', parent_subscription."id" IS NOT NULL
      ) END AS parent`;
/** Looked up team by team: with old statistics a join reads all subscriptions. */
const WITH_SUBSCRIPTIONS = `LEFT JOIN LATERAL (
      SELECT "id" FROM "Subscription" WHERE "teamId" = team."id" AND "canceledAt" IS NULL LIMIT 1
    ) AS subscription ON true
    LEFT JOIN LATERAL (SELECT * FROM "Team" WHERE "id" = team."parentId" LIMIT 1) AS parent ON true
    LEFT JOIN LATERAL (
      SELECT "id" FROM "Subscription" WHERE "teamId" = parent."id" AND "canceledAt" IS NULL LIMIT 1
    ) AS parent_subscription ON true`;

const USER_PAGE = `SELECT to_jsonb(person) AS user, coalesce((
    SELECT jsonb_agg(to_jsonb(facts)) FROM (
      SELECT ${TEAM_FACTS} FROM "Membership" AS membership
      JOIN "Team" AS team ON team."id" = membership."teamId" ${WITH_SUBSCRIPTIONS}
      WHERE membership."userId" = person."id" AND membership."accepted"
    ) AS facts
  ), '[]') AS teams
  FROM (${USER_FACTS} WHERE "id" > $1 ORDER BY "id" LIMIT $2) AS person ORDER BY person."id"`;

const TEAM_PAGE = `SELECT to_jsonb(facts) AS team FROM (
    SELECT ${TEAM_FACTS} FROM "Team" AS team ${WITH_SUBSCRIPTIONS} WHERE team."id" > $1 ORDER BY team."id" LIMIT $2
  ) AS facts ORDER BY facts."id"`;

/** One list of teams: no index answers an OR over two of them. */
const FACTS = `SELECT
  (SELECT to_jsonb(facts) FROM (${USER_FACTS} WHERE "id" = $1) AS facts) AS user,
  (SELECT coalesce(jsonb_agg(to_jsonb(facts)), '[]') FROM (
    SELECT ${TEAM_FACTS}, membership."id" IS NOT NULL AS "isJoined"
    FROM "Team" AS team
    LEFT JOIN LATERAL (
      SELECT "id" FROM "Membership" WHERE "userId" = $1 AND "teamId" = team."id" AND "accepted" LIMIT 1
    ) AS membership ON true
    ${WITH_SUBSCRIPTIONS}
    WHERE team."id" = ANY(ARRAY(SELECT "teamId" FROM "Membership" WHERE "userId" = $1 AND "accepted") || $2::int[])
  ) AS facts) AS teams`;

function buildUserFacts({ id, email, role, createdAt, attributes }: UserRow, teams: TeamRow[]): Facts {
  const plan = derivePlan(teams.map((team) => ({ accepted: true, team })));
  return {
    plan,
    teamIds: teams.map((team) => team.id),
    organizationIds: [...new Set(teams.flatMap(listOrganizations))],
    // The columns come last, so that an attribute with the same name cannot replace one.
    attributes: { ...normalizeTexts(attributes), id, email, role, createdAt, plan },
  };
}

function buildTeamFacts(team: TeamRow): Facts {
  const plan = planOfTeam(team);
  return {
    plan,
    teamIds: [team.id],
    organizationIds: listOrganizations(team),
    attributes: { ...normalizeTexts(team.metadata), id: team.id, slug: team.slug, plan },
  };
}

function listOrganizations({ id, isOrganization, parentId, parent }: TeamRow): number[] {
  if (isOrganization) return [id];
  return parentId !== null && parent?.isOrganization ? [parentId] : [];
}
