import { derivePlan, type PlanTeam, planOfTeam } from "../teams";
import { type Pool, select } from "./lib/server/sql";
import type { Facts } from "./types";

export interface LoadedFacts {
  user: Facts | null;
  teams: ReadonlyMap<number, Facts>;
}

/** What targeting may ask about a user and about teams, as it stands now. */
export class FactsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async load(userId: number | null, teamIds: number[]): Promise<LoadedFacts> {
    const [found] = await select<{ user: UserRow | null; teams: TeamRow[] }>(this.#pool, FACTS, [
      userId,
      teamIds,
    ]);
    const { user, teams } = found ?? { user: null, teams: [] };
    return {
      user:
        user &&
        factsOfUser(
          user,
          teams.filter(({ isJoined }) => isJoined),
        ),
      teams: new Map(teams.map((team) => [team.id, factsOfTeam(team)])),
    };
  }
}

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

const FACTS = `SELECT
  (SELECT to_jsonb(facts) FROM (
    SELECT "id", "email", "role", "createdAt", "attributes" FROM "User" WHERE "id" = $1
  ) AS facts) AS user,
  (SELECT coalesce(jsonb_agg(to_jsonb(facts)), '[]') FROM (
    SELECT team."id", team."slug", team."parentId", team."metadata", team."isOrganization",
      subscription."id" IS NOT NULL AS "isSubscribed",
      membership."id" IS NOT NULL AS "isJoined",
      CASE WHEN parent."id" IS NOT NULL THEN jsonb_build_object(
        'isOrganization', parent."isOrganization", 'isSubscribed', parent_subscription."id" IS NOT NULL
      ) END AS parent
    FROM "Team" AS team
    LEFT JOIN "Membership" AS membership
      ON membership."teamId" = team."id" AND membership."userId" = $1 AND membership."accepted"
    LEFT JOIN "Subscription" AS subscription
      ON subscription."teamId" = team."id" AND subscription."canceledAt" IS NULL
    LEFT JOIN "Team" AS parent ON parent."id" = team."parentId"
    LEFT JOIN "Subscription" AS parent_subscription
      ON parent_subscription."teamId" = parent."id" AND parent_subscription."canceledAt" IS NULL
    WHERE team."id" = ANY($2::int[])
       OR team."id" IN (SELECT "teamId" FROM "Membership" WHERE "userId" = $1 AND "accepted")
  ) AS facts) AS teams`;

function factsOfUser({ id, email, role, createdAt, attributes }: UserRow, teams: TeamRow[]): Facts {
  const plan = derivePlan(teams.map((team) => ({ accepted: true, team })));
  return {
    plan,
    teamIds: teams.map((team) => team.id),
    organizationIds: [...new Set(teams.flatMap(organizationsOf))],
    // The columns come last: what somebody typed into their attributes never passes for one.
    attributes: { ...attributes, id, email, role, createdAt, plan },
  };
}

function factsOfTeam(team: TeamRow): Facts {
  const plan = planOfTeam(team);
  return {
    plan,
    teamIds: [team.id],
    organizationIds: organizationsOf(team),
    attributes: { ...team.metadata, id: team.id, slug: team.slug, plan },
  };
}

function organizationsOf({ id, isOrganization, parentId, parent }: TeamRow): number[] {
  if (isOrganization) return [id];
  return parentId !== null && parent?.isOrganization ? [parentId] : [];
}
