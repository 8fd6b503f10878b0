import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { codeOf } from "@calcom/lib/script-error";
import pg from "pg";

export interface Server {
  port: number;
  pid: number;
}

/** The server that serves this very directory and answers, if there is one. */
export async function findServer(dir: string, password: string): Promise<Server | null> {
  const lines = readLock(dir);
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  if (!Number.isInteger(pid) || !Number.isInteger(port) || port === 0) return null;
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password,
    database: "postgres",
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
  });
  client.on("error", () => {}); // a server that stops while it is asked
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    const served = rows[0]?.data_directory;
    return served !== undefined && isSame(served, dir) ? { port, pid } : null;
  } catch {
    // Not there, still starting, or somebody else's server on that port: none of them is ours to use.
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Postgres refuses to start while the pid in its lock file lives, even where the number belongs to another program by
 * now, or to a dead process that nobody has collected.
 */
export function dropForeignLock(dir: string): void {
  const pid = readLock(dir)?.[0]?.trim();
  if (pid === undefined || !/^\d+$/.test(pid) || process.platform === "win32") return;
  const { stdout, error } = spawnSync("ps", ["-ww", "-o", "stat=,args=", "-p", pid], { encoding: "utf8" });
  if (error !== undefined) return; // without ps Postgres judges alone
  const holder = stdout.trim();
  const isForeign = holder !== "" && (holder.startsWith("Z") || !holder.includes(dir));
  if (isForeign) fs.rmSync(lockFileIn(dir), { force: true });
}

function readLock(dir: string): string[] | null {
  try {
    return fs.readFileSync(lockFileIn(dir), "utf8").split("\n");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function lockFileIn(dir: string): string {
  return path.join(dir, "postmaster.pid");
}

function isSame(a: string, b: string): boolean {
  return fs.realpathSync(a) === fs.realpathSync(b);
}
