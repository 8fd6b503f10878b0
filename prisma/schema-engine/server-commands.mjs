// @ts-check
import process from "node:process";
import pg from "pg";
import { databaseOf, withDatabase } from "./connection.mjs";

/** The codes by which Prisma's CLI tells these failures apart. */
const NO_SERVER = "P1001";
const prismaCodes = new Map([
  ["3D000", "P1003"], // no such database
  ["28P01", "P1000"], // wrong password
  ["28000", "P1000"],
]);

/**
 * `schema-engine cli <command>`: what is done to a whole database, and not within it.
 *
 * @param {string} command
 * @param {string} url
 * @returns {Promise<number>} the exit code
 */
export async function runCommand(command, url) {
  const name = pg.escapeIdentifier(databaseOf(url));
  try {
    if (command === "can-connect-to-database") await execute(url, "SELECT 1");
    else if (command === "create-database") await execute(onServer(url), `CREATE DATABASE ${name}`);
    else if (command === "drop-database")
      await execute(onServer(url), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    else throw new Error(`The schema engine has no command ${command}.`);
    return 0;
  } catch (error) {
    const { code, message } = failureOf(error);
    const fields = { is_panic: false, error_code: prismaCodes.get(code) ?? NO_SERVER, message };
    const entry = { timestamp: new Date().toISOString(), level: "ERROR", fields, target: "schema_engine" };
    process.stderr.write(`${JSON.stringify(entry)}\n`);
    return 1;
  }
}

/**
 * The same server, by the database that is always there.
 *
 * @param {string} url
 */
function onServer(url) {
  return withDatabase(url, "postgres");
}

/**
 * @param {string} connectionString
 * @param {string} sql
 */
async function execute(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // the statement that it breaks tells
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * @param {unknown} error
 * @returns {{ code: string; message: string }}
 */
function failureOf(error) {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = "code" in error ? String(error.code) : "";
  return { code, message: error.message || code };
}
