import { normalizeTexts } from "@calcom/lib/json";
import { queryRowsOften } from "../sql/named-statements";
import { type Pool, queryRows } from "../sql/runner";
import { type Facts, NO_FACTS } from "../types/answers";
import type { HostId } from "../types/host-id";
import type { Claims } from "../types/reports";
import { type Plan, planSchema, type Unit } from "../types/settings";

export interface LoadedFacts {
  user: Facts | null;
  teams: ReadonlyMap<HostId, Facts>;
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

  async load(userId: HostId | null, teamIds: HostId[]): Promise<LoadedFacts> {
    const [found] = await queryRowsOften<{ user: UserRow | null; teams: TeamRow[] }>(this.#pool, FACTS, [
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

  /** Reads a page of all users or teams, in the order of their ids; the first one after null. */
  async page(
    unit: "user" | "team",
    afterId: HostId | null,
    limit: number,
  ): Promise<{ id: HostId; facts: Facts }[]> {
    const values = afterId === null ? [limit] : [limit, afterId];
    if (unit === "team") {
      const teams = await queryRows<{ team: TeamRow }>(
        this.#pool,
        buildTeamPageSql(afterId !== null),
        values,
        PAGE_TIMEOUT_MS,
      );
      return teams.map(({ team }) => ({ id: team.id, facts: buildTeamFacts(team) }));
    }
    const users = await queryRows<{ user: UserRow; teams: TeamRow[] }>(
      this.#pool,
      buildUserPageSql(afterId !== null),
      values,
      PAGE_TIMEOUT_MS,
    );
    return users.map(({ user, teams }) => ({ id: user.id, facts: buildUserFacts(user, teams) }));
  }

  async count(unit: "user" | "team"): Promise<number> {
    const [row] = await queryRows<{ count: number }>(
      this.#pool,
      `SELECT count(*)::int AS count FROM "experiment_host_${unit === "user" ? "users" : "teams"}"`,
      [],
      PAGE_TIMEOUT_MS,
    );
    return row?.count ?? 0;
  }
}

const PAGE_TIMEOUT_MS = 10_000;

interface UserRow {
  id: HostId;
  email: string;
  createdAt: string;
  attributes: Record<string, unknown>;
  /** Of the person alone; null for the best of their teams. */
  plan: Plan | null;
}

interface TeamRow {
  id: HostId;
  slug: string;
  isOrganization: boolean;
  organizationId: HostId | null;
  plan: Plan;
  attributes: Record<string, unknown>;
  isJoined: boolean;
}

const USER_COLUMNS = `experiment_user_json("id") AS "id", "email", "created_at" AS "createdAt", "attributes", "plan"`;

const TEAM_FACTS = `experiment_team_json(team."id") AS "id", team."slug", team."is_organization" AS "isOrganization",
      experiment_team_json(team."organization_id") AS "organizationId", team."plan", team."attributes"`;

/** Looked up team by team: with old statistics a join reads all of them. */
const buildUserPageSql = (isLater: boolean) => `SELECT to_jsonb(person) - 'key' AS user, coalesce((
    SELECT jsonb_agg(to_jsonb(facts)) FROM "experiment_host_memberships" AS membership CROSS JOIN LATERAL (
      SELECT ${TEAM_FACTS} FROM "experiment_host_teams" AS team WHERE team."id" = membership."team_id" LIMIT 1
    ) AS facts
    WHERE membership."user_id" = person."key"
  ), '[]') AS teams
  FROM (
    SELECT ${USER_COLUMNS}, "id" AS "key" FROM "experiment_host_users"
    ${isLater ? 'WHERE "id" > $2' : ""} ORDER BY "experiment_host_users"."id" LIMIT $1
  ) AS person ORDER BY person."key"`;

const buildTeamPageSql = (isLater: boolean) => `SELECT to_jsonb(facts) - 'key' AS team FROM (
    SELECT ${TEAM_FACTS}, team."id" AS "key" FROM "experiment_host_teams" AS team
    ${isLater ? 'WHERE team."id" > $2' : ""} ORDER BY team."id" LIMIT $1
  ) AS facts ORDER BY facts."key"`;

/** One list of teams: no index answers an OR over two of them. */
const FACTS = `SELECT
  (SELECT to_jsonb(facts) FROM (SELECT ${USER_COLUMNS} FROM "experiment_host_users" WHERE "id" = $1) AS facts) AS user,
  (SELECT coalesce(jsonb_agg(to_jsonb(facts)), '[]') FROM (
    SELECT ${TEAM_FACTS}, membership."team_id" IS NOT NULL AS "isJoined"
    FROM "experiment_host_teams" AS team
    LEFT JOIN LATERAL (
      SELECT "team_id" FROM "experiment_host_memberships" WHERE "user_id" = $1 AND "team_id" = team."id" LIMIT 1
    ) AS membership ON true
    WHERE team."id" = ANY(ARRAY(SELECT "team_id" FROM "experiment_host_memberships" WHERE "user_id" = $1) || $2::experiment_team_id[])
  ) AS facts) AS teams`;

function buildUserFacts({ attributes, plan, ...columns }: UserRow, teams: TeamRow[]): Facts {
  const own = plan ?? bestOf(teams);
  return {
    plan: own,
    teamIds: teams.map((team) => team.id),
    organizationIds: [...new Set(teams.flatMap(listOrganizations))],
    // The columns come last, so that an attribute with the same name cannot replace one.
    attributes: { ...normalizeTexts(attributes), ...columns, plan: own },
  };
}

function buildTeamFacts(team: TeamRow): Facts {
  const { id, slug, plan, attributes } = team;
  return {
    plan,
    teamIds: [id],
    organizationIds: listOrganizations(team),
    attributes: { ...normalizeTexts(attributes), id, slug, plan },
  };
}

/** From the least to the best. */
const PLANS = planSchema.options;

function bestOf(teams: TeamRow[]): Plan {
  return PLANS[Math.max(0, ...teams.map(({ plan }) => PLANS.indexOf(plan)))] ?? "individual";
}

function listOrganizations({ id, isOrganization, organizationId }: TeamRow): HostId[] {
  if (isOrganization) return [id];
  return organizationId === null ? [] : [organizationId];
}
