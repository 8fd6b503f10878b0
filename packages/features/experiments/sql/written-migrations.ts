import fs from "node:fs";
import path from "node:path";
import { text } from "@calcom/lib/gate/text";
import { readOwnJson } from "@calcom/lib/json";
import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";
import { ID_TYPES } from "../types/host-id";
import { addMissingToJournal, appendToJournal, hasJournal, nextDrizzleTag } from "./drizzle-journal";
import { listModuleMigrations, type ModuleMigration, type ModuleSqlSettings } from "./module-sql";
import { quoteName } from "./quote-name";
import { buildUninstallSql } from "./uninstall-sql";

/** How a host keeps its migrations: a folder for each, as Prisma; a file and an entry in a journal, as Drizzle; a file. */
export const MIGRATION_FORMATS = ["prisma", "drizzle", "sql"] as const;
export type MigrationFormat = (typeof MIGRATION_FORMATS)[number];

/** As the folder is. */
export function detectFormat(folder: string): MigrationFormat {
  if (hasJournal(folder)) return "drizzle";
  const [name, parent] = path.resolve(folder).split(path.sep).reverse();
  const isOfPrisma =
    fs.existsSync(path.join(folder, "migration_lock.toml")) || (name === "migrations" && parent === "prisma");
  return isOfPrisma ? "prisma" : "sql";
}

export interface WrittenMigrations {
  settings: ModuleSqlSettings;
  /** Those of the module that are there, by their names. */
  names: string[];
}

const name = text(63);
const tableSchema = z.object({ schema: name.optional(), table: name, id: name.optional() });
const idType = z.enum(ID_TYPES).optional();
const settingsSchema = z.object({
  schema: name,
  users: tableSchema.nullable(),
  teams: tableSchema.nullable(),
  ids: z.object({ users: idType, teams: idType }).optional(),
  hasForeignKeys: z.boolean().optional(),
  flags: name.nullable().optional(),
});
/** The first line of a file of ours says which it is, and for what it was written. */
const HEAD = /^-- experiments (\S+) (\{.*\})\r?\n/;

/** Stands for the name of a migration, in the file that takes the module out. */
const UNINSTALL = "uninstall";

/** What of the module a folder of migrations has; null where nothing. Throws where the files disagree. */
export function readWritten(folder: string): WrittenMigrations | null {
  const heads = listOwnFiles(folder);
  // What was installed before the module was taken out is there no more.
  const present = heads.slice(heads.findLastIndex(({ migration }) => migration === UNINSTALL) + 1);
  const [first] = present;
  if (first === undefined) return null;
  const other = present.find(({ json }) => json !== first.json);
  if (other !== undefined)
    throw new ScriptError(`${other.file} was written for other settings than ${first.file}.`);
  const settings = settingsSchema.safeParse(readOwnJson(first.json));
  if (!settings.success) throw new ScriptError(`The first line of ${first.file} says no settings.`);
  return {
    settings: settings.data as ModuleSqlSettings,
    names: present.map(({ migration }) => migration).sort(),
  };
}

function listOwnFiles(folder: string): { file: string; migration: string; json: string }[] {
  return listSqlFiles(folder).flatMap((file) => {
    const [, migration, json = ""] = HEAD.exec(fs.readFileSync(path.join(folder, file), "utf8")) ?? [];
    return migration === undefined ? [] : [{ file, migration, json }];
  });
}

/** Lists files of ours in Drizzle's journal that were written without it, as where a command was ended in between. */
export function completeJournal(folder: string, now: Date): string[] {
  const files = listOwnFiles(folder).map(({ file }) => file);
  return files.filter((file) => addMissingToJournal(folder, path.basename(file, ".sql"), now));
}

/** Writes what is newer than all that a folder has of the module, and returns the files, by their paths in the folder. */
export function writeMissing(
  folder: string,
  format: MigrationFormat,
  settings: ModuleSqlSettings,
  now: Date,
): string[] {
  const newest = readWritten(folder)?.names.at(-1) ?? "";
  const missing = listModuleMigrations(settings).filter((migration) => migration.name > newest);
  return missing.map(({ name, sql }) =>
    write(folder, format, { name, settings, sql: makeSchema(name, settings) + sql }, now),
  );
}

/** Writes what takes the module out again, and returns the file. */
export function writeUninstall(
  folder: string,
  format: MigrationFormat,
  settings: ModuleSqlSettings,
  now: Date,
): string {
  return write(folder, format, { name: UNINSTALL, settings, sql: buildUninstallSql(settings) }, now);
}

/** After all that is there. */
function write(
  folder: string,
  format: MigrationFormat,
  { name, settings, sql }: ModuleMigration & { settings: ModuleSqlSettings },
  now: Date,
): string {
  const stamp = nextStamp(latestStamp(folder), now);
  const tag = `experiments_${name}`;
  const title = format === "drizzle" ? nextDrizzleTag(folder, tag, stamp) : `${stamp}_${tag}`;
  const file = format === "prisma" ? path.join(title, "migration.sql") : `${title}.sql`;
  const target = path.join(folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, `-- experiments ${name} ${JSON.stringify(settings)}\n${sql}`, { flag: "wx" });
  if (format === "drizzle") appendToJournal(folder, title, now);
  return file;
}

/** The schema that everybody has is not made: a role may lack the right to. */
function makeSchema(migration: string, { schema }: ModuleSqlSettings): string {
  return migration.startsWith("0001") && schema !== "public"
    ? `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)};\n`
    : "";
}

function listSqlFiles(folder: string): string[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ScriptError(`There is no folder ${folder}.`);
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sql") && fs.statSync(path.join(folder, file)).isFile())
    .sort();
}

/** Names begin with the time, and are applied in their order; some are of a time that is still to come. */
function latestStamp(folder: string): string {
  const stamps = fs.readdirSync(folder).flatMap((file) => /^\d{14}(?=_)/.exec(file) ?? []);
  return stamps.sort().at(-1) ?? "";
}

function nextStamp(latest: string, now: Date): string {
  const present = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return present > latest ? present : String(BigInt(latest) + 1n);
}
