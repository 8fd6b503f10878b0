import { MAX_ID_LENGTH } from "../types/host-id";
import { planSchema } from "../types/settings";
import { type Pool, queryRows } from "./runner";

/** Something about the values of one of the host's views that would change who is assigned or targeted, without an error. */
interface Check {
  /** True of a row that is wrong; the row is `host`. */
  isWrong: string;
  /** What is wrong with the rows, as the end of a sentence. */
  what: string;
  /** What to do, as a sentence. */
  advice: string;
}

const PLANS = planSchema.options.map((plan) => `'${plan}'`).join(", ");

/** What attributes are called that are columns too. Rules read the column. */
const SHADOWED = {
  experiment_host_users: ["id", "email", "createdAt", "plan"],
  experiment_host_teams: ["id", "slug", "plan"],
};

const attributesOf = (view: keyof typeof SHADOWED): Check[] => {
  const names = SHADOWED[view];
  return [
    {
      isWrong: `jsonb_typeof(host."attributes") <> 'object'`,
      what: "attributes that are no JSON object, so no rule about attributes matches",
      advice: "Build them with jsonb_build_object.",
    },
    {
      isWrong: `host."attributes" ?| ARRAY[${names.map((name) => `'${name}'`).join(", ")}]`,
      what: `an attribute named ${names.join(", ")}, which the column of that name hides from rules`,
      advice: "Give the attribute another name.",
    },
  ];
};

const CHECKS: Record<View, Check[]> = {
  experiment_host_users: [
    {
      isWrong: `host."plan" NOT IN (${PLANS})`,
      what: `a plan that is not ${PLANS} or null, so no rule about plans matches`,
      advice: "Map your own plans to these with a CASE.",
    },
    {
      isWrong: `host."email" <> lower(host."email")`,
      what: "an email with capitals, which nobody finds when giving a role",
      advice: "Write lower(email).",
    },
    {
      isWrong: `NOT isfinite(host."created_at")`,
      what: "an infinite created_at, with which no rule can compare",
      advice: "Write NULL where the time is not known.",
    },
    ...attributesOf("experiment_host_users"),
  ],
  experiment_host_teams: [
    {
      isWrong: `coalesce(host."plan", '') NOT IN (${PLANS})`,
      what: `a plan that is not ${PLANS}, so no rule about plans matches`,
      advice: "Map your own plans to these with a CASE, with ELSE 'individual'.",
    },
    {
      isWrong: `host."is_organization" IS NULL`,
      what: "null as is_organization, which counts as a team",
      advice: "Write coalesce(is_organization, false).",
    },
    {
      isWrong: `host."is_organization" AND host."organization_id" IS NOT NULL`,
      what: "an organization_id, and are organizations themselves, of which rules see only the team itself",
      advice: "Write NULL as the organization_id of an organization.",
    },
    {
      isWrong: `NOT host."is_organization" AND host."organization_id" IS NOT NULL AND NOT EXISTS (
        SELECT FROM "experiment_host_teams" AS "above" WHERE "above"."id" = host."organization_id" AND "above"."is_organization"
      )`,
      what: "an organization_id that is not the id of an organization in the view",
      advice: "Add the organization to the view with is_organization true, or write NULL.",
    },
    ...attributesOf("experiment_host_teams"),
  ],
  experiment_host_memberships: [
    {
      isWrong: `host."user_id" IS NULL OR host."team_id" IS NULL`,
      what: "no user_id or no team_id, so the membership counts for nobody",
      advice: "Leave such rows out.",
    },
  ],
};

type View = "experiment_host_users" | "experiment_host_teams" | "experiment_host_memberships";

/** How a row is named. Other columns may hold what is nobody's business. */
const NAMES: Record<View, string> = {
  experiment_host_users: `host."id"::text`,
  experiment_host_teams: `host."id"::text`,
  experiment_host_memberships: `concat_ws(', ', host."user_id", host."team_id")`,
};

/** No decision takes another id: whoever has one is left out of everything. */
function idCheck(type: string): Check {
  const isNumber = type === "integer" || type === "bigint";
  const isRefused = isNumber
    ? `host."id" < 1`
    : type === "text"
      ? `length(host."id") NOT BETWEEN 1 AND ${MAX_ID_LENGTH}`
      : "false";
  return {
    isWrong: `host."id" IS NULL OR ${isRefused}`,
    what: isNumber
      ? "an id that is null or below 1, and get no variant"
      : `an id that is null, empty or longer than ${MAX_ID_LENGTH} characters, and get no variant`,
    advice: "Leave such rows out, or give them an id that your session uses too.",
  };
}

/**
 * What is wrong with the values of the host's views, a sentence each. Reads all rows; the columns have to be there, and of
 * their types.
 *
 * @param types of the ids in the views of users and teams
 */
export async function findWrongValues(
  pool: Pool,
  types: { users: string; teams: string },
  limitMs: number,
): Promise<string[]> {
  const found = await Promise.all([
    findIn(pool, "experiment_host_users", [idCheck(types.users), ...CHECKS.experiment_host_users], limitMs),
    findIn(pool, "experiment_host_teams", [idCheck(types.teams), ...CHECKS.experiment_host_teams], limitMs),
    findIn(pool, "experiment_host_memberships", CHECKS.experiment_host_memberships, limitMs),
    findStrangers(pool, limitMs),
  ]);
  return found.flat();
}

async function findIn(pool: Pool, view: View, checks: readonly Check[], limitMs: number): Promise<string[]> {
  const columns = checks.map(
    ({ isWrong }) => `json_build_array(count(*) FILTER (WHERE ${isWrong}),
      (array_agg(${NAMES[view]}) FILTER (WHERE ${isWrong}))[1])`,
  );
  const [row] = await queryRows<{ found: [count: number, first: string | null][] }>(
    pool,
    `SELECT json_build_array(${columns.join(", ")}) AS found FROM "${view}" AS host`,
    [],
    limitMs,
  );
  return checks.flatMap(({ what, advice }, place) => {
    const [count, first] = row?.found[place] ?? [0, null];
    if (count === 0) return [];
    const rows = count === 1 ? "1 row" : `${count} rows`;
    return [`${rows} of the view ${view} (such as ${first || "one without an id"}) have ${what}. ${advice}`];
  });
}

/** A few memberships may outlive people and teams. If none names anybody, the view takes its ids from another column. */
async function findStrangers(pool: Pool, limitMs: number): Promise<string[]> {
  const kinds = [
    ["user_id", "experiment_host_users"],
    ["team_id", "experiment_host_teams"],
  ] as const;
  const found = await Promise.all(
    kinds.map(async ([column, view]) => {
      const [row] = await queryRows<{ isStrange: boolean }>(
        pool,
        `SELECT EXISTS (SELECT FROM "experiment_host_memberships" WHERE "${column}" IS NOT NULL) AND NOT EXISTS (
           SELECT FROM "experiment_host_memberships" AS membership JOIN "${view}" AS known ON known."id" = membership."${column}"
         ) AS "isStrange"`,
        [],
        limitMs,
      );
      return row?.isStrange
        ? [
            `No ${column} of the view experiment_host_memberships is an id of the view ${view}, so no rule about teams matches. Select the column that refers to it.`,
          ]
        : [];
    }),
  );
  return found.flat();
}
