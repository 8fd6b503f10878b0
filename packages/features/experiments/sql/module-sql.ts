import fs from "node:fs";
import { ScriptError } from "@calcom/lib/script-error";
import { ID_TYPES, type IdType, type IdTypes } from "../types/host-id";
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
  /** Where whoever is deleted is erased from experiments too. */
  users: HostTable;
  /** Null where the host has no teams. */
  teams: HostTable | null;
  /** Integers by default. */
  ids?: Partial<IdTypes>;
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
export function renderModuleSql(
  template: string,
  { schema, users, teams, ids = {} }: ModuleSqlSettings,
): string {
  const userId = checkIdType(ids.users ?? "integer");
  const teamId = checkIdType(ids.teams ?? "integer");
  const places: Record<string, string> = {
    schema: quoteName(schema),
    userId,
    teamId,
    userIdOfContent: idOfText(userId),
    userIdInJson: idInJson(userId),
    teamIdInJson: idInJson(teamId),
    users: `${quoteTable(users)} (${quoteName(users.id ?? "id")})`,
    usersTable: quoteTable(users),
    usersId: quoteName(users.id ?? "id"),
    ...(teams === null ? {} : { teams: `${quoteTable(teams)} (${quoteName(teams.id ?? "id")})` }),
  };
  const withParts = template.replaceAll(/^-- @if teams\n([\s\S]*?)^-- @end\n/gm, (_, part: string) =>
    teams === null ? "" : part,
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

function quoteTable({ schema = "public", table }: HostTable): string {
  return `${quoteName(schema)}.${quoteName(table)}`;
}
