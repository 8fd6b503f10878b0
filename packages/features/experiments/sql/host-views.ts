import type { IdTypes } from "../types/host-id";
import { findWrongIds } from "./host-ids";
import { findWrongValues } from "./host-values";
import { findMissingMigrations } from "./module-version";
import { type Pool, queryRows } from "./runner";

/**
 * What the module reads of a host, and all of it: the columns of three views, which the host writes over its tables, and
 * what each of them holds. Ids are of whichever type the host's are.
 */
export const HOST_VIEWS = {
  experiment_host_users: {
    id: "users",
    email: "text",
    name: "text",
    created_at: "timestamp with time zone",
    attributes: "jsonb",
    plan: "text",
    is_admin: "boolean",
  },
  experiment_host_teams: {
    id: "teams",
    name: "text",
    slug: "text",
    is_organization: "boolean",
    organization_id: "teams",
    plan: "text",
    members: "integer",
    attributes: "jsonb",
  },
  experiment_host_memberships: { user_id: "users", team_id: "teams" },
} as const satisfies Record<string, Record<string, ColumnType | keyof IdTypes>>;

type ColumnType = "text" | "timestamp with time zone" | "jsonb" | "boolean" | "integer";

/** By which columns a row of each view is one. */
const KEYS = {
  experiment_host_users: ["id"],
  experiment_host_teams: ["id"],
  experiment_host_memberships: ["user_id", "team_id"],
} as const satisfies { [View in keyof typeof HOST_VIEWS]: readonly (keyof (typeof HOST_VIEWS)[View])[] };

type View = keyof typeof HOST_VIEWS;
const VIEWS = Object.keys(HOST_VIEWS) as View[];
const CHECK_MS = 60_000;

/** The types of ids that the module was installed for; null if it is not installed yet. */
type KnownIds = Partial<IdTypes> | null;

/**
 * What is wrong with a host's views, and which migrations are missing, a sentence each. Reads all of people, teams and
 * memberships: it is for whoever sets the module up, and not for a request.
 */
export async function findFaultyViews(pool: Pool, ids: KnownIds = {}): Promise<string[]> {
  const columns = await readColumns(pool);
  const found = await Promise.all(
    VIEWS.map(async (view) => {
      const faults = findFaultyColumns(view, columns);
      return faults.length > 0 ? faults : findTwice(pool, view);
    }),
  );
  const faults = found.flat();
  if (faults.length > 0) return faults;
  const wrong = await findFaultyModule(pool, columns, ids);
  return wrong.length > 0 ? wrong : findWrongValues(pool, typesOfIds(columns), CHECK_MS);
}

/** What the views lack or have as something else, a sentence each. Reads catalogs alone: it is for every start. */
export async function findFaultyStructure(pool: Pool, ids: KnownIds): Promise<string[]> {
  const columns = await readColumns(pool);
  const faults = VIEWS.flatMap((view) => findFaultyColumns(view, columns));
  return faults.length > 0 ? faults : findFaultyModule(pool, columns, ids);
}

/** How the module was made does not fit the views, or this version. */
async function findFaultyModule(pool: Pool, columns: readonly Column[], ids: KnownIds): Promise<string[]> {
  const wrong = await findWrongIds(pool, idColumns(columns), ids);
  return wrong.length > 0 ? wrong : findMissingMigrations(pool);
}

interface Column {
  view: View;
  name: string;
  type: string;
  /** A `varchar`, a `citext` and a `text` are of one kind. */
  isText: boolean;
}

/** By the search path, as the module's statements find them. */
function readColumns(pool: Pool): Promise<Column[]> {
  return queryRows<Column>(
    pool,
    `SELECT view, attname AS name, format_type(coalesce(nullif(typbasetype, 0), atttypid), NULL) AS type,
       typcategory = 'S' AS "isText"
     FROM unnest($1::text[]) AS view JOIN pg_attribute ON attrelid = to_regclass(quote_ident(view))
     JOIN pg_type ON pg_type.oid = atttypid
     WHERE attnum > 0 AND NOT attisdropped`,
    [VIEWS],
  );
}

function findFaultyColumns(view: View, columns: readonly Column[]): string[] {
  const present = new Map(columns.filter((column) => column.view === view).map((one) => [one.name, one]));
  if (present.size === 0) return [`There is no view ${view} on the search path.`];
  const wanted: [name: string, type: string][] = Object.entries(HOST_VIEWS[view]);
  const missing = wanted.filter(([name]) => !present.has(name)).map(([name]) => name);
  const lacks = missing.length === 0 ? [] : [`The view ${view} lacks ${missing.join(", ")}.`];
  const others = wanted.flatMap(([name, type]) => {
    const column = present.get(name);
    if (column === undefined || isId(type)) return [];
    return (type === "text" ? column.isText : column.type === type)
      ? []
      : [
          `The column ${name} of the view ${view} is ${column.type}, and has to be ${type}: ${adviceFor(column, type)}.`,
        ];
  });
  return [...lacks, ...others];
}

/** How the view would say it. */
function adviceFor({ name, type }: Column, wanted: string): string {
  if (type === "timestamp without time zone")
    return `name the zone that it was written in, as in ${name} AT TIME ZONE 'UTC'`;
  return `write ${name}::${wanted}`;
}

function isId(type: string): type is keyof IdTypes {
  return type === "users" || type === "teams";
}

function idColumns(columns: readonly Column[]) {
  return columns.flatMap(({ view, name, type }) => {
    const kind = (HOST_VIEWS[view] as Record<string, string>)[name];
    return kind !== undefined && isId(kind) ? [{ view, name, type, kind }] : [];
  });
}

function typesOfIds(columns: readonly Column[]): { users: string; teams: string } {
  const typeOf = (view: View) => columns.find((one) => one.view === view && one.name === "id")?.type ?? "";
  return { users: typeOf("experiment_host_users"), teams: typeOf("experiment_host_teams") };
}

async function findTwice(pool: Pool, view: View): Promise<string[]> {
  const key = KEYS[view].map((column) => `"${column}"`).join(", ");
  const [twice] = await queryRows<{ row: string }>(
    pool,
    `SELECT concat_ws(', ', ${key}) AS row FROM "${view}" WHERE (${key}) IS NOT NULL
     GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`,
    [],
    CHECK_MS,
  );
  // A view that doubles people doubles results.
  return twice === undefined ? [] : [`The view ${view} has ${twice.row} more than once.`];
}
