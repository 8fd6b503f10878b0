import fs from "node:fs";
import { ScriptError } from "@calcom/lib/script-error";
import { ID_TYPES, type IdType, type IdTypes } from "../types/host-id";
import { buildForeignKeys, buildForgetting } from "./erasure-sql";
import { quoteName } from "./quote-name";

/** A table of the host's: of people, or of teams. */
export interface HostTable {
  /** "public" by default. */
  schema?: string;
  table: string;
  /** The column by which it is referred to; "id" by default. */
  id?: string;
}

export interface ModuleSqlSettings {
  /** Where the module's tables are to stand. The host makes it, and puts it on the search path of its connections. */
  schema: string;
  /** The table of people: who is deleted there is erased from experiments too. Null only without foreign keys. */
  users: HostTable | null;
  /** Null where the host has no teams. */
  teams: HostTable | null;
  /** Integers by default. */
  ids?: Partial<IdTypes>;
  /** False where no table of the host's is referred to: then the host says whom to forget. */
  hasForeignKeys?: boolean;
  /** The schema of the host's own `Feature`, `UserFeatures` and `TeamFeatures`; null where the module makes them. */
  flags?: string | null;
}

export interface ModuleMigration {
  /** Its number and what stands behind it; numbers only rise. */
  name: string;
  sql: string;
}

const FOLDER = new URL("../migrations/", import.meta.url);

/** The module's own SQL for a host's database, in the order in which it is applied, each file whole. */
export function listModuleMigrations(settings: ModuleSqlSettings): ModuleMigration[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({
      name: file.replace(/\.sql$/, ""),
      sql: renderModuleSql(fs.readFileSync(new URL(file, FOLDER), "utf8"), settings),
    }));
}

/** Fills the settings in. Throws where a name is none that may stand in SQL, or where a place is left empty. */
export function renderModuleSql(template: string, settings: ModuleSqlSettings): string {
  const { ids = {}, flags = null } = settings;
  const schema = quoteName(settings.schema);
  const areFlagsOwn = flags === null;
  const { users, teams } = referredBy(settings);
  const userId = checkIdType(ids.users ?? "integer");
  const teamId = checkIdType(ids.teams ?? "integer");
  const places: Record<string, string> = {
    schema,
    flags: areFlagsOwn ? schema : quoteName(flags),
    searchPath: areFlagsOwn ? schema : `${schema}, ${quoteName(flags)}`,
    userId,
    teamId,
    userIdOfContent: idOfText(userId),
    userIdInJson: idInJson(userId),
    teamIdInJson: idInJson(teamId),
    ...(users === null ? {} : { usersTable: quoteTable(users), usersId: quoteName(users.id ?? "id") }),
    updatedBy: `${userId}${users === null ? "" : ` REFERENCES ${quoteReferred(users)} ON UPDATE CASCADE ON DELETE SET NULL`}`,
    foreignKeys: buildForeignKeys(
      schema,
      { users: users && quoteReferred(users), teams: teams && quoteReferred(teams) },
      { areFlagsOwn },
    ),
    forgetUser: buildForgetting("users", { areFlagsOwn }),
    forgetTeam: buildForgetting("teams", { areFlagsOwn }),
    ofOld: listOwnColumns("OLD"),
    ofNew: listOwnColumns("NEW"),
  };
  const parts: Record<string, boolean> = {
    keys: users !== null,
    ownFlags: areFlagsOwn,
    hostFlags: !areFlagsOwn,
  };
  const withParts = template.replaceAll(
    /^-- @if (\w+)\n([\s\S]*?)^-- @end\n/gm,
    (_, name: string, part: string) => {
      const isThere = parts[name];
      if (isThere === undefined)
        throw new Error(`The module's SQL has a part ${name}, which nothing decides.`);
      return isThere ? part : "";
    },
  );
  return withParts.replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => {
    const value = places[place];
    if (value === undefined) throw new Error(`The module's SQL asks for ${place}, which nothing gives.`);
    return value;
  });
}

/** The one way of a type from a configuration into SQL. */
function checkIdType(type: IdType): IdType {
  if (!ID_TYPES.includes(type))
    throw new ScriptError(`"${type}" is no type of ids: there are ${ID_TYPES.join(", ")}.`);
  return type;
}

/** What a text names, or null: PostgreSQL raises an error for a text that is no such id. */
function idOfText(type: IdType): string {
  if (type === "text") return "content";
  if (type === "uuid")
    return `CASE WHEN content ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN content::uuid END`;
  const max = type === "integer" ? "2147483647" : "9223372036854775807";
  return `CASE WHEN content ~ '^[0-9]{1,19}$' THEN CASE WHEN content::numeric <= ${max} THEN content::${type} END END`;
}

function idInJson(type: IdType): string {
  return type === "bigint" ? "id::text" : "id";
}

/** The host's tables that foreign keys and triggers stand on. */
function referredBy({ hasForeignKeys = true, users, teams }: ModuleSqlSettings) {
  if (!hasForeignKeys) return { users: null, teams: null };
  if (users === null) throw new ScriptError("Foreign keys need the table of your people.");
  return { users, teams };
}

/** What of a row of flags is an experiment's, and not a column of the host's own. */
function listOwnColumns(row: "OLD" | "NEW"): string {
  const columns = ["slug", "enabled", "description", "type", "metadata", "rolloutPercentage", "rolloutUnit"];
  return `(${columns.map((column) => `${row}."${column}"`).join(", ")})`;
}

/** The trigger that forgets a person who is deleted from a table of the host, where there are no foreign keys. */
export function buildForgettingTrigger(
  { schema, ...settings }: ModuleSqlSettings,
  whom: "users" | "teams",
): string {
  const table = settings[whom];
  const own = quoteName(schema);
  const name = whom === "users" ? "user" : "team";
  const host = table === null ? `public.your_${whom}` : quoteTable(table);
  return `CREATE FUNCTION ${own}.forget_deleted_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ${own}.forget_experiment_${name}(OLD.${quoteName(table?.id ?? "id")});
  RETURN NULL;
END $$;
CREATE TRIGGER "experiments_forget_${name}" AFTER DELETE ON ${host}
  FOR EACH ROW EXECUTE FUNCTION ${own}.forget_deleted_${name}();
`;
}

function quoteReferred(table: HostTable): string {
  return `${quoteTable(table)} (${quoteName(table.id ?? "id")})`;
}

function quoteTable({ schema = "public", table }: HostTable): string {
  return `${quoteName(schema)}.${quoteName(table)}`;
}
