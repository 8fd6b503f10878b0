import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ScriptError } from "@calcom/lib/script-error";
import { initialiseCluster, passwordOf } from "./cluster";
import { freePort } from "./free-port";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import { dropForeignLock, findServer, type Server } from "./postgres-lock";
import { type PostgresProcess, spawnPostgres } from "./postgres-process";

export interface EmbeddedPostgres {
  port: number;
  pid: number;
  /** Another process of this checkout started it, and stops it when it ends. */
  isAdopted: boolean;
  /** A connection string for one of its databases. */
  url(database: string): string;
  /** Ends when the server has stopped. An adopted server is left to its owner. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The cluster's own directory; its parent must exist. */
  dir: string;
  /** False for throw-away clusters: several times faster, and worthless after a crash of the machine. */
  isDurable: boolean;
}

const attempts = 20;
/** Recovery after a crash counts into this. */
const startTimeoutMs = 60_000;

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, or adopts the server that already serves this very directory. However
 * this process ends, the server that it started stops too and leaves no lock.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findPostgresBinaries();
  if (!fs.existsSync(path.join(options.dir, "PG_VERSION"))) {
    initialiseCluster(binaries, options.dir, randomBytes(24).toString("hex"));
  }
  const password = passwordOf(options.dir);
  let failure = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const live = await findServer(options.dir, password);
    if (live !== null) return { ...handle(live, password), isAdopted: true, stop: async () => {} };
    dropForeignLock(options.dir);
    const started = await tryStart(binaries, options, password);
    if ("server" in started) {
      return {
        ...handle(started.server, password),
        isAdopted: false,
        stop: () => started.process.stop(),
      };
    }
    failure = started.failure;
    // A taken port, a dying orphan, or another starter: look again.
    await sleep(250);
  }
  throw new ScriptError(
    `The embedded PostgreSQL in ${options.dir} does not start (${failure}); ${logFileOf(options.dir)} says more.`,
  );
}

type Start = { server: Server; process: PostgresProcess } | { failure: string };

async function tryStart(
  binaries: PostgresBinaries,
  { dir, isDurable }: EmbeddedPostgresOptions,
  password: string,
): Promise<Start> {
  const logFile = logFileOf(dir);
  const port = await freePort();
  const child = spawnPostgres(binaries, { dir, port, isDurable, logFile });
  const deadline = Date.now() + startTimeoutMs;
  while (child.exitCode() === null && Date.now() < deadline) {
    const server = await findServer(dir, password);
    if (server?.port === port) return { server, process: child };
    // Another starter was quicker: ours is about to refuse the directory, and theirs is adopted then.
    await sleep(20);
  }
  await child.stop();
  return { failure: lastFailureIn(logFile) ?? `exit code ${child.exitCode()}` };
}

function handle({ port, pid }: Server, password: string) {
  const url = (database: string) =>
    `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return { port, pid, url };
}

function logFileOf(dir: string): string {
  return `${dir}.log`;
}

function lastFailureIn(logFile: string): string | null {
  const lines = fs.readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-20);
  const line = lines.filter((text) => /FATAL|PANIC|could not/.test(text)).at(-1);
  return line?.replace(/^.*?(FATAL|PANIC|LOG):\s*/, "") ?? null;
}
