import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ScriptError } from "@calcom/lib/script-error";
import { runDoctor } from "./doctor";
import { buildForgettingTrigger, type HostTable, type ModuleSqlSettings } from "./sql/module-sql";
import { quoteName } from "./sql/quote-name";
import {
  completeJournal,
  detectFormat,
  MIGRATION_FORMATS,
  type MigrationFormat,
  readWritten,
  writeMissing,
  writeUninstall,
} from "./sql/written-migrations";
import { ID_TYPES, type IdType } from "./types/host-id";
import { runVerify } from "./verify";

const HELP = `Writes the SQL of the experiments module into your own migrations, which your own tool applies.

  experiments init <folder> --users <table> [--teams <table>] [--user-id <type>] [--team-id <type>]
                            [--schema <name>] [--no-foreign-keys] [--flags-tables <schema>]
                            [--format prisma|drizzle|sql]
  experiments upgrade <folder> [--format prisma|drizzle|sql]
  experiments uninstall <folder> [--format prisma|drizzle|sql]
  experiments doctor --url <address> [--schema <name>]
  experiments verify <slug> --url <address> [--schema <name>]

  <folder>   where your migrations are, such as prisma/migrations
  <table>    [schema.]table[:id], such as people:person_id; "public" and "id" by default
  <type>     the type of ids: integer, bigint, uuid or text; "integer" by default
  --no-foreign-keys
             refers to no table of yours, and prints a trigger that forgets people when you delete them; then no
             <table> is needed
  --flags-tables
             "public", if you have tables Feature, UserFeatures and TeamFeatures there, which then get the columns that
             they lack
  --schema   the schema for the module's tables; "experiments" by default
  --format   a folder for each migration, a file and an entry in Drizzle's journal, or a file; by default
             as in the folder

"upgrade" writes what a newer version of this package has added, for the settings of "init". "uninstall" writes the SQL
that removes the module, with everything that was counted; your own tables are then as they were.
"doctor" says which migrations the database lacks, what your views lack, whether they list somebody twice, and which
values keep people out of experiments or rules.
"verify" computes the result of a concluded experiment again, and says what has changed since its result snapshot.
`;

/** Runs a command and returns what to print. @throws ScriptError for expected failures */
export function runCli(args: readonly string[], now: Date): string | Promise<string> {
  const { values, positionals } = parse(args);
  const [command, folder] = positionals;
  if (values.help === true || command === undefined) return HELP;
  refuseSurplus(command, positionals, Object.keys(values));
  if (command === "doctor") return runDoctor(readAddress(command, values));
  if (command === "verify") {
    if (folder === undefined) throw new ScriptError("Say which experiment: experiments verify <slug>.");
    return runVerify(folder, readAddress(command, values));
  }
  if (folder === undefined)
    throw new ScriptError(`Say where your migrations are: experiments ${command} <folder>.`);
  const format = readFormat(values.format, folder);
  const present = readWritten(folder);
  if (command === "init") {
    if (present !== null) throw new ScriptError(`${folder} has the module already: use "upgrade".`);
    if (values.format === undefined && format === "sql") refuseParent(folder);
    const settings = readSettings(values);
    return report(folder, writeMissing(folder, format, settings, now)) + explainForgetting(settings);
  }
  const completed = format === "drizzle" ? completeJournal(folder, now) : [];
  if (present === null && completed.length > 0) return report(folder, completed);
  if (present === null) throw new ScriptError(`${folder} does not have the module: use "init".`);
  if (command === "uninstall") return report(folder, [writeUninstall(folder, format, present.settings, now)]);
  return report(folder, [...completed, ...writeMissing(folder, format, present.settings, now)]);
}

/** What each command goes by besides its folder. */
const OPTIONS: Record<string, readonly string[]> = {
  init: ["users", "teams", "user-id", "team-id", "schema", "no-foreign-keys", "flags-tables", "format"],
  upgrade: ["format"],
  uninstall: ["format"],
  doctor: ["url", "schema"],
  verify: ["url", "schema"],
};

/** What would be left out of account is refused: whoever wrote it believes that it counts. */
function refuseSurplus(command: string, positionals: readonly string[], options: readonly string[]): void {
  const known = Object.hasOwn(OPTIONS, command) ? OPTIONS[command] : undefined;
  if (known === undefined)
    throw new ScriptError(
      `There is no command "${command}": there are init, upgrade, uninstall, doctor and verify.`,
    );
  const surplus = positionals[command === "doctor" ? 1 : 2];
  if (surplus !== undefined) throw new ScriptError(`Leave "${surplus}" out: ${command} does not take it.`);
  const other = options.find((option) => !known.includes(option));
  if (other !== undefined)
    throw new ScriptError(
      `Leave --${other} out: ${command} does not take it${known.length === 1 ? ", and goes by what init was given" : ""}.`,
    );
}

/** There, no tool would find what is written. */
function refuseParent(folder: string): void {
  if (fs.existsSync(path.join(folder, "migrations")))
    throw new ScriptError(
      `${folder} has a folder "migrations": name that one, or say --format to write into this one.`,
    );
}

function parse(args: readonly string[]) {
  const option = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        users: option,
        teams: option,
        "user-id": option,
        "team-id": option,
        schema: option,
        "no-foreign-keys": { type: "boolean" },
        "flags-tables": option,
        format: option,
        url: option,
        help: { type: "boolean" },
      },
    });
  } catch (cause) {
    throw new ScriptError(`${cause instanceof Error ? cause.message : cause}\n\n${HELP}`, { cause });
  }
}

function readSettings({
  users,
  teams,
  schema,
  ...values
}: Partial<Record<string, string | boolean>>): ModuleSqlSettings {
  const hasForeignKeys = values["no-foreign-keys"] !== true;
  const flags = values["flags-tables"];
  if (typeof users !== "string" && hasForeignKeys)
    throw new ScriptError("Say which table has your people: --users <table>, or --no-foreign-keys.");
  return {
    schema: nameOf(typeof schema === "string" ? schema : "experiments"),
    users: typeof users === "string" ? readTable(users) : null,
    teams: typeof teams === "string" ? readTable(teams) : null,
    ids: { users: readIdType(values["user-id"]), teams: readIdType(values["team-id"]) },
    hasForeignKeys,
    flags: typeof flags === "string" ? readFlagsSchema(flags) : null,
  };
}

/** Connections of the module look into its own schema and into `public`. */
function readFlagsSchema(schema: string): string {
  if (schema !== "public")
    throw new ScriptError(
      `Tables of flags in the schema "${schema}" can't be used: the module finds them in "public" alone. Move them there and write --flags-tables public, or leave the option out and the module makes its own.`,
    );
  return schema;
}

function readAddress(command: string, { url, schema }: Partial<Record<string, string | boolean>>) {
  if (typeof url !== "string" || url === "")
    throw new ScriptError(`Say where the database is: experiments ${command} --url <address>.`);
  return { url, ...(typeof schema === "string" ? { schema: nameOf(schema) } : {}) };
}

function readIdType(given: string | boolean | undefined): IdType {
  const type = ID_TYPES.find((known) => known === (given ?? "integer"));
  if (type === undefined)
    throw new ScriptError(`"${given}" is not a type of ids. Use one of ${ID_TYPES.join(", ")}.`);
  return type;
}

/** `[schema.]table[:id]` */
function readTable(text: string): HostTable {
  const [, schema, table = "", id] = /^(?:([^.:]*)\.)?([^.:]*)(?::([^.:]*))?$/.exec(text) ?? [];
  if (table === "") throw new ScriptError(`"${text}" is no table: write [schema.]table[:id].`);
  return {
    ...(schema === undefined ? {} : { schema: nameOf(schema) }),
    table: nameOf(table),
    ...(id === undefined ? {} : { id: nameOf(id) }),
  };
}

/** Refused here, before anything is written. */
function nameOf(name: string): string {
  quoteName(name);
  return name;
}

function readFormat(given: string | undefined, folder: string): MigrationFormat {
  if (given === undefined) return detectFormat(folder);
  const format = MIGRATION_FORMATS.find((known) => known === given);
  if (format === undefined)
    throw new ScriptError(`"${given}" is no format: there are ${MIGRATION_FORMATS.join(", ")}.`);
  return format;
}

/** Without foreign keys nobody is forgotten by themselves. */
function explainForgetting(settings: ModuleSqlSettings): string {
  if (settings.hasForeignKeys !== false) return "";
  const triggers = (["users", "teams"] as const)
    .filter((whom) => whom === "users" || settings.teams !== null)
    .map((whom) => buildForgettingTrigger(settings, whom));
  return `\nWhoever you delete stays in experiments until you say so: call forgetSubject() where you delete people, or put\nthis into a migration of yours that comes after.\n\n${triggers.join("\n")}`;
}

function report(folder: string, files: readonly string[]): string {
  if (files.length === 0) return `${folder} has all of it already.\n`;
  return `Written, for your own tool to apply:\n${files.map((file) => `  ${path.join(folder, file)}\n`).join("")}`;
}
