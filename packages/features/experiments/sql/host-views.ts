import { type IdTypes, INTEGER_IDS } from "../types/host-id";
import { type Pool, queryRows } from "./runner";

/** What the module reads of a host, and all of it: the columns of three views, which the host writes over its tables. */
export const HOST_VIEWS = {
  experiment_host_users: ["id", "email", "name", "created_at", "attributes", "plan", "is_admin"],
  experiment_host_teams: [
    "id",
    "name",
    "slug",
    "is_organization",
    "organization_id",
    "plan",
    "members",
    "attributes",
  ],
  experiment_host_memberships: ["user_id", "team_id"],
} as const;

/** By which columns a row of each view is one. */
const KEYS = {
  experiment_host_users: ["id"],
  experiment_host_teams: ["id"],
  experiment_host_memberships: ["user_id", "team_id"],
} as const satisfies { [View in keyof typeof HOST_VIEWS]: readonly (typeof HOST_VIEWS)[View][number][] };

const VIEWS = Object.keys(HOST_VIEWS) as (keyof typeof HOST_VIEWS)[];
const CHECK_MS = 60_000;

/**
 * What is wrong with a host's views, a sentence each. Reads all of people, teams and memberships: it is for whoever sets
 * the module up, and not for a request.
 */
export async function findFaultyViews(pool: Pool, ids: KnownIds = INTEGER_IDS): Promise<string[]> {
  const found = await Promise.all(
    VIEWS.map(async (view) => {
      const missing = await findMissing(pool, view);
      return missing.length > 0 ? missing : findTwice(pool, view);
    }),
  );
  const faults = found.flat();
  return faults.length > 0 ? faults : findMissingColumns(pool, ids);
}

/** What the views lack, and where ids do not fit, a sentence each. Reads catalogs alone: it is for every start. */
export async function findMissingColumns(pool: Pool, ids: KnownIds): Promise<string[]> {
  const found = await Promise.all(VIEWS.map((view) => findMissing(pool, view)));
  const faults = found.flat();
  return faults.length > 0 ? faults : findWrongIds(pool, ids && { ...INTEGER_IDS, ...ids });
}

/** The types of ids that the module was installed for; null if it is not installed yet. */
type KnownIds = Partial<IdTypes> | null;

const ID_COLUMNS = [
  ["experiment_host_users", "id", "users"],
  ["experiment_host_teams", "id", "teams"],
  ["experiment_host_teams", "organization_id", "teams"],
  ["experiment_host_memberships", "user_id", "users"],
  ["experiment_host_memberships", "team_id", "teams"],
] as const satisfies [keyof typeof HOST_VIEWS, string, keyof IdTypes][];

/** Views, the module's tables and its configuration say one thing of ids, or each would read another one's. */
async function findWrongIds(pool: Pool, ids: IdTypes | null): Promise<string[]> {
  const [stored] = await queryRows<IdTypes>(
    pool,
    `SELECT (SELECT format_type(typbasetype, NULL) FROM pg_type WHERE oid = 'experiment_user_id'::regtype) AS users,
       (SELECT format_type(typbasetype, NULL) FROM pg_type WHERE oid = 'experiment_team_id'::regtype) AS teams`,
  );
  const { users = "integer", teams = "integer" } = stored ?? {};
  const made: IdTypes = { users, teams };
  const columns = await queryRows<{ view: string; column: string; type: string }>(
    pool,
    `SELECT relname AS view, attname AS column, format_type(atttypid, NULL) AS type
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE attrelid = ANY(ARRAY(SELECT to_regclass(name)::oid FROM unnest($1::text[]) AS name)) AND attnum > 0`,
    [VIEWS],
  );
  const kinds = ["users", "teams"] as const;
  return [
    ...kinds.flatMap((kind) =>
      ids === null || made[kind] === ids[kind]
        ? []
        : `The module’s SQL was written for ids of ${kind} that are ${made[kind]}, and the module was made for ${ids[kind]}.`,
    ),
    ...ID_COLUMNS.flatMap(([view, name, kind]) => {
      const { type } = columns.find(({ view: of, column }) => of === view && column === name) ?? {};
      return type === made[kind]
        ? []
        : `The column ${name} of the view ${view} is ${type}, and ids of ${kind} are ${made[kind]}.`;
    }),
  ];
}

async function findMissing(pool: Pool, view: keyof typeof HOST_VIEWS): Promise<string[]> {
  const columns = await queryRows<{ name: string }>(
    pool,
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [`"${view}"`],
  );
  if (columns.length === 0) return [`There is no view ${view} on the search path.`];
  const missing = HOST_VIEWS[view].filter((wanted) => !columns.some(({ name }) => name === wanted));
  return missing.length === 0 ? [] : [`The view ${view} lacks ${missing.join(", ")}.`];
}

async function findTwice(pool: Pool, view: keyof typeof HOST_VIEWS): Promise<string[]> {
  const key = KEYS[view].map((column) => `"${column}"`).join(", ");
  const [twice] = await queryRows<{ row: string }>(
    pool,
    `SELECT concat_ws(', ', ${key}) AS row FROM "${view}" GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`,
    [],
    CHECK_MS,
  );
  // A view that doubles people doubles results.
  return twice === undefined ? [] : [`The view ${view} has ${twice.row} more than once.`];
}
