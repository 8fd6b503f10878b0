import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Pool } from "pg";
import { runCommands } from "./follow-page";

/** Where the package has the SQL that it writes into other applications. */
const MIGRATIONS = "package/dist/experiments/migrations";
const VERSION = "0.1.1-trial";

/**
 * A package of a later version, with one more migration of the module's: a column of the type that the application's ids
 * have, in a table that has rows by then. Returns its file.
 */
export async function makeNewerPackage(
  tarball: string,
  dir: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const work = fs.mkdtempSync(path.join(dir, "newer-"));
  await runCommands(work, `tar -xzf '${path.resolve(tarball)}'`, env);
  const manifest = path.join(work, "package/package.json");
  fs.writeFileSync(
    manifest,
    JSON.stringify({ ...JSON.parse(fs.readFileSync(manifest, "utf8")), version: VERSION }),
  );
  const numbers = fs.readdirSync(path.join(work, MIGRATIONS)).map((file) => Number.parseInt(file, 10));
  const next = String(Math.max(...numbers) + 1).padStart(4, "0");
  fs.writeFileSync(
    path.join(work, MIGRATIONS, `${next}.sql`),
    `ALTER TABLE {{schema}}."ExperimentVariant" ADD COLUMN "ofTrial" {{userId}};\n`,
  );
  const file = path.join(dir, `experiments-${VERSION}.tgz`);
  await runCommands(work, `tar -czf '${file}' package`, env);
  fs.rmSync(work, { recursive: true });
  return file;
}

/** The files of SQL that an application has, outside of what npm brought. */
export function readSql(dir: string): Map<string, string> {
  const files = ["prisma", "drizzle"].flatMap((folder) => listSql(dir, folder));
  return new Map(files.map((file) => [file, fs.readFileSync(path.join(dir, file), "utf8")]));
}

function listSql(dir: string, folder: string): string[] {
  if (!fs.existsSync(path.join(dir, folder))) return [];
  return fs
    .readdirSync(path.join(dir, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sql"))
    .map((file) => path.join(folder, file));
}

/** One file more, none changed, and what it says is in the database, for the settings of the installation. */
export async function checkUpgraded(
  pool: Pool,
  dir: string,
  before: ReadonlyMap<string, string>,
): Promise<void> {
  const after = readSql(dir);
  assert.equal(after.size, before.size + 1, "The upgrade did not write one file.");
  for (const [file, text] of before) assert.equal(after.get(file), text, `The upgrade changed ${file}.`);
  const { rows } = await pool.query(
    `SELECT attname AS name, format_type(coalesce(nullif(typbasetype, 0), atttypid), NULL) AS type
     FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
     WHERE attrelid = 'experiments."ExperimentVariant"'::regclass AND attname IN ('userId', 'ofTrial') ORDER BY attnum`,
  );
  const [ofModule, ofTrial] = rows;
  assert.deepEqual([ofModule?.name, ofTrial?.name], ["userId", "ofTrial"]);
  assert.equal(ofTrial.type, ofModule.type, "The upgrade does not know what ids are.");
}
