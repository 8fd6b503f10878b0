import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { spawnPostgres } from "@calcom/embedded-postgres/postgres-process";
import { postgresUser } from "@calcom/embedded-postgres/postgres-user";
import { ScriptError } from "@calcom/lib/script-error";
import pg from "pg";
import type { Cluster } from "./cluster";
import { directory, HOME, runDebian } from "./debian-programs";

export interface DebianServer extends Cluster {
  /** Another server that holds whatever this one has answered. */
  addStandby(): Promise<DebianServer>;
  /** Makes a standby the one that writes. */
  promote(): Promise<void>;
}

/** A new server, without passwords: it listens to this machine alone, and lives as long as a scenario. */
export async function startDebianServer(): Promise<DebianServer> {
  const dir = emptyDirectory();
  await runDebian("initdb", ["-D", dir, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
  return serve(dir);
}

/** A directory that is not there yet, where the user that runs Postgres may make it. */
export function emptyDirectory(): string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-chaos-"));
  const { uid, gid } = postgresUser;
  if (uid !== undefined && gid !== undefined) fs.chownSync(home, uid, gid);
  return path.join(home, "data");
}

async function serve(dir: string): Promise<DebianServer> {
  const at = (name: string) => path.join(directory ?? HOME, name);
  const binaries = { initdb: at("initdb"), postgres: at("postgres"), pgCtl: at("pg_ctl") };
  const port = await freePort();
  const start = () =>
    spawnPostgres(binaries, { dir, port, isDurable: true, logFile: path.join(path.dirname(dir), "log") });
  let running = start();
  const url = (database: string) => `postgresql://postgres:none@127.0.0.1:${port}/${database}`;
  await untilThere(url("postgres"));
  return {
    url,
    kill: () =>
      void process.kill(
        Number.parseInt(fs.readFileSync(path.join(dir, "postmaster.pid"), "utf8"), 10),
        "SIGKILL",
      ),
    async restart() {
      running = start();
      await untilThere(url("postgres"));
    },
    async stop() {
      await running.stop();
      fs.rmSync(path.dirname(dir), { recursive: true, force: true });
    },
    async addStandby() {
      const copy = emptyDirectory();
      const from = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres"];
      await runDebian("pg_basebackup", [...from, "-D", copy, "-R", "-X", "stream", "-c", "fast"]);
      const standby = await serve(copy);
      // From here on nothing is answered that the other one does not have.
      await execute(url("postgres"), "ALTER SYSTEM SET synchronous_standby_names = '*'");
      await execute(url("postgres"), "SELECT pg_reload_conf()");
      return standby;
    },
    promote: () => execute(url("postgres"), "SELECT pg_promote(true)"),
  };
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const limits = { connectionTimeoutMillis: 10_000, query_timeout: 60_000 };
  const client = new pg.Client({ connectionString, ...limits });
  client.on("error", () => {}); // the statement that it breaks tells
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function untilThere(connectionString: string): Promise<void> {
  let failure: unknown;
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      return await execute(connectionString, "SELECT");
    } catch (error) {
      failure = error;
      await sleep(50);
    }
  }
  throw new ScriptError("Debian's PostgreSQL does not start.", { cause: failure });
}
