import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import type { Writable } from "node:stream";
import type { PostgresBinaries } from "./postgres-binaries";
import { postgresEnv, postgresUser } from "./postgres-user";

export interface PostgresProcess {
  /** Null while it runs. */
  exitCode(): number | null;
  stop(): Promise<void>;
}

export interface PostgresProcessOptions {
  dir: string;
  port: number;
  isDurable: boolean;
  logFile: string;
}

const volatileFlags = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];
const logLimitBytes = 5_000_000;

// Postgres runs under a shell that reads a pipe which only we hold. It closes when we die, however we die (SIGKILL too),
// and the shell then has Postgres end its sessions and stop. Where Postgres ends first nobody reads any more: a pipe that
// stays open would keep us from ending, and whoever gets the number of that process later would be told to stop.
const guard = `
  trap 'kill -INT $pg 2>/dev/null' INT TERM
  "$@" </dev/null 3<&- & pg=$!
  (while read -r _; do :; done; kill -INT $pg 2>/dev/null) <&3 & watch=$!
  wait $pg; code=$?
  [ $code -gt 128 ] && { wait $pg; code=$?; }
  kill $watch 2>/dev/null
  exit $code`;

export function spawnPostgres(binaries: PostgresBinaries, options: PostgresProcessOptions): PostgresProcess {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    ...(options.isDurable ? [] : volatileFlags),
  ];
  const args = ["-D", options.dir, "-p", String(options.port), ...settings.flatMap((s) => ["-c", s])];
  const isGuarded = process.platform !== "win32";
  const log = openLog(options.logFile);
  const child = isGuarded
    ? spawn("/bin/sh", ["-c", guard, "postgres", binaries.postgres, ...args], {
        ...postgresUser,
        cwd: "/",
        env: postgresEnv,
        stdio: ["ignore", log, log, "pipe"],
        // Ctrl-C reaches the whole foreground group: the server must outlive those who still use it.
        detached: true,
      })
    : spawn(binaries.postgres, args, { stdio: ["ignore", log, log] });
  fs.closeSync(log);

  let code: number | null = null;
  const exited = new Promise<void>((resolve) => {
    const end = (status: number | null) => {
      code = status ?? -1;
      resolve();
    };
    child.once("exit", end);
    child.once("error", () => end(null));
  });
  const pipe = child.stdio[3] as Writable | undefined;
  pipe?.on("error", () => {}); // the guard was killed: its exit code tells
  return {
    exitCode: () => code,
    async stop() {
      if (code !== null) return;
      if (isGuarded) pipe?.end();
      else spawnSync(binaries.pgCtl, ["stop", "-D", options.dir, "-m", "fast"]);
      await exited;
    },
  };
}

function openLog(file: string): number {
  const isLong = fs.existsSync(file) && fs.statSync(file).size > logLimitBytes;
  return fs.openSync(file, isLong ? "w" : "a", 0o600);
}
