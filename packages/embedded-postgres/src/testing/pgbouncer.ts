import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { freePort } from "../free-port";
import { postgresUser } from "../postgres-user";

export interface Pooler {
  /** Leads to the same database, in transaction mode. */
  url: string;
  /** Replaces its connections to the database as they become idle: a role’s new settings apply to new connections only. */
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

/** Whether Debian's package `pgbouncer`, or another one, is installed. */
export const hasPgbouncer =
  spawnSync("pgbouncer", ["--version"], { env: { ...process.env, PATH } }).status === 0;

/** Starts pgbouncer before one database, on a free port or in the place of one that has ended. */
export async function startPgbouncer(databaseUrl: string, place?: number): Promise<Pooler> {
  const { hostname, port: serverPort, username, password, pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-pgbouncer-"));
  const port = place ?? (await freePort());
  const file = path.join(dir, "pgbouncer.ini");
  fs.writeFileSync(
    file,
    `[databases]
${name} = host=${hostname} port=${serverPort} user=${username} password=${decodeURIComponent(password)} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
admin_users = anybody
pool_mode = transaction
default_pool_size = 10
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`,
  );
  const { uid, gid } = postgresUser;
  if (uid !== undefined && gid !== undefined) for (const one of [dir, file]) fs.chownSync(one, uid, gid);
  const child = spawn("pgbouncer", ["--quiet", file], {
    ...postgresUser,
    cwd: dir,
    env: { ...process.env, PATH },
    stdio: "ignore",
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = `postgresql://anybody@127.0.0.1:${port}/${name}`;
  await waitFor(url);
  return {
    url,
    reconnect: () => command(`postgresql://anybody@127.0.0.1:${port}/pgbouncer`, "RECONNECT"),
    async stop() {
      child.kill("SIGTERM");
      await exited;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function command(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function waitFor(connectionString: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString });
    client.on("error", () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
