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

const CHECK_MS = 60_000;

/**
 * What is wrong with a host's views, a sentence each. Reads all of people, teams and memberships: it is for whoever sets
 * the module up, and not for a request.
 */
export async function findFaultyViews(pool: Pool): Promise<string[]> {
  const views = Object.keys(HOST_VIEWS) as (keyof typeof HOST_VIEWS)[];
  const found = await Promise.all(views.map((view) => findFaults(pool, view)));
  return found.flat();
}

/** What the views lack, a sentence each. Reads catalogs alone: it is for every start. */
export async function findMissingColumns(pool: Pool): Promise<string[]> {
  const views = Object.keys(HOST_VIEWS) as (keyof typeof HOST_VIEWS)[];
  const found = await Promise.all(views.map((view) => findMissing(pool, view)));
  return found.flat();
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

async function findFaults(pool: Pool, view: keyof typeof HOST_VIEWS): Promise<string[]> {
  const missing = await findMissing(pool, view);
  if (missing.length > 0) return missing;
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
