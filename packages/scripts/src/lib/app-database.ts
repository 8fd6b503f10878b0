import fs from "node:fs";
import path from "node:path";
import { startEmbeddedPostgres } from "@calcom/embedded-postgres";
import { ownDatabase } from "@calcom/embedded-postgres/own-database";
import { codeOf, messageOf, ScriptError } from "@calcom/lib/script-error";
import { type Deployment, deployMigrations } from "@calcom/prisma/deploy";
import { pendingMigrations } from "@calcom/prisma/pending";
import pg from "pg";
import { dataDirectory } from "./data-directory";
import { migrationsDir } from "./paths";

export interface AppDatabase {
  url: string;
  /** True for our own with the demo in it; false for that of DATABASE_URL, which belongs to somebody. */
  isEmbedded: boolean;
  stop(): Promise<void>;
}

/**
 * Opens the database of DATABASE_URL, or the embedded one if that is not set. It is reachable and migrated.
 *
 * @param isMigrated true where this does not migrate, and refuses a database that lacks migrations
 */
export async function openAppDatabase({ isMigrated = false } = {}): Promise<AppDatabase> {
  const bringUpToDate = isMigrated ? refusePending : applyMigrations;
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== "") {
    await refuseUnreachable(given);
    const direct = process.env.DATABASE_DIRECT_URL || given;
    if (direct !== given) await refuseUnreachable(direct, "DATABASE_DIRECT_URL");
    await bringUpToDate(direct);
    return { url: given, isEmbedded: false, stop: async () => {} };
  }
  const postgres = await startEmbeddedPostgres({
    dir: path.join(dataDirectory(), "postgres"),
    isDurable: true,
  });
  try {
    // The application is nobody's superuser: what it runs can reach its own database, and no file of this machine.
    const url = await ownDatabase(postgres.url, "calcom");
    await bringUpToDate(url);
    return { url, isEmbedded: true, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function applyMigrations(connectionString: string): Promise<void> {
  report(await deployMigrations({ connectionString, migrationsDir }));
}

async function refusePending(connectionString: string): Promise<void> {
  const [first, ...others] = await pendingMigrations({ connectionString, migrationsDir });
  if (first === undefined) return;
  const rest = others.length === 0 ? "" : ` and ${others.length} more`;
  throw new ScriptError(`The database lacks the migration ${first}${rest}: run \`npm run migrate\` first.`);
}

/**
 * Opens the same databases for a command that changes nothing, or nothing yet. That of DATABASE_URL is not migrated,
 * and the embedded one is not created.
 *
 * @throws ScriptError if there is no database, or if it is not one of this application
 */
export async function openDatabaseToRead({ isReplicaEnough = false } = {}): Promise<AppDatabase> {
  const replica = isReplicaEnough ? process.env.DATABASE_REPLICA_URL : undefined;
  const given = replica || process.env.DATABASE_URL;
  if (given) {
    await refuseUnreachable(given);
    await refuseForeign(given, replica ? "DATABASE_REPLICA_URL" : "DATABASE_URL");
    return { url: given, isEmbedded: false, stop: async () => {} };
  }
  if (!fs.existsSync(path.join(dataDirectory(), "postgres", "PG_VERSION")))
    throw new ScriptError("There is no database to read from: set DATABASE_URL, or run `npm run dev` once.");
  return openAppDatabase();
}

async function refuseForeign(connectionString: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // the query that it breaks tells
  await client.connect();
  try {
    const { rows } = await client.query<{ isOurs: boolean }>(
      `SELECT to_regclass('"Feature"') IS NOT NULL AS "isOurs"`,
    );
    if (!rows[0]?.isOurs)
      throw new ScriptError(
        `The database of ${variable} has no table of experiments: start the application on it first.`,
      );
  } finally {
    await client.end();
  }
}

function report({ applied, unknown }: Deployment): void {
  if (applied.length > 0)
    console.log(`Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}.`);
  if (unknown.length > 0) {
    console.warn(`The database is ahead of this code: it holds the migrations ${unknown.join(", ")}.`);
  }
}

/** @throws ScriptError that names the server, never the password */
export async function refuseUnreachable(url: string, variable = "DATABASE_URL"): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // the failed connect tells
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version_num') AS version",
    );
    const version = Number(rows[0]?.version);
    if (version < 140_000) {
      throw new ScriptError(
        `${variable} leads to PostgreSQL ${Math.floor(version / 10_000)}: version 14 or newer is needed.`,
      );
    }
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    throw new ScriptError(`${variable} cannot be used: ${explain(error, client)}`, { cause: error });
  } finally {
    await client.end().catch(() => {}); // it may never have been connected
  }
}

function explain(error: unknown, { host, port, user, database }: pg.Client): string {
  const server = `${host}:${port}`;
  switch (codeOf(error)) {
    case "ECONNREFUSED":
      return `nothing listens on ${server}; start PostgreSQL there or correct the address.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `there is no host "${host}"; correct the address.`;
    case "28P01":
    case "28000":
      return `${server} refuses the user "${user}" (${messageOf(error)}); correct the user or the password.`;
    case "3D000":
      return `${server} has no database "${database}"; create it or correct the name.`;
    default:
      return `${server} does not answer as PostgreSQL should (${messageOf(error)}).`;
  }
}
