import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { codeOf } from "@calcom/lib/script-error";
import pg from "pg";
import { startEmbeddedPostgres } from "../index";

/** A PostgreSQL server for tests, on which databases come and go. */
export interface TestServer {
  /** A connection to its `postgres` database, allowed to create others. */
  adminUrl: string;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** True where the speed of writing is what matters: a throw-away cluster is volatile otherwise. */
  isDurable?: boolean;
}

/** The server of TEST_DATABASE_URL, or a throw-away cluster. Never that of DATABASE_URL. */
export async function startTestServer({ isDurable = false }: TestServerOptions = {}): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { adminUrl: given, stop: async () => {} };
  const home = throwAwayDirectory();
  const postgres = await startEmbeddedPostgres({ dir: path.join(home, "postgres"), isDurable });
  return {
    adminUrl: postgres.url("postgres"),
    async stop() {
      await postgres.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

export interface CreateDatabaseOptions {
  adminUrl: string;
  /** Says who it is for; the name is made unique. */
  prefix: string;
  /** A database without connections, which is copied. */
  template?: string;
}

/** Creates a database and returns its name and connection string. */
export async function createTestDatabase(
  options: CreateDatabaseOptions,
): Promise<{ name: string; url: string }> {
  const name = `calcom_${options.prefix}_${randomBytes(6).toString("hex")}`;
  const template = options.template === undefined ? "" : ` TEMPLATE ${pg.escapeIdentifier(options.template)}`;
  await execute(options.adminUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}${template}`);
  const url = new URL(options.adminUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

/** Drops it under whoever is still connected. */
export async function dropTestDatabase(adminUrl: string, name: string): Promise<void> {
  await execute(adminUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const prefix = "calcom-test-";

function throwAwayDirectory(): string {
  for (const entry of fs.readdirSync(os.tmpdir())) {
    if (isAbandoned(entry)) fs.rmSync(path.join(os.tmpdir(), entry), { recursive: true, force: true });
  }
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  fs.chmodSync(dir, 0o755); // Postgres may run as another user, who must get through
  return dir;
}

/** What a run that was killed outright left behind. */
function isAbandoned(entry: string): boolean {
  const pid = new RegExp(`^${prefix}(\\d+)-`).exec(entry)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}
