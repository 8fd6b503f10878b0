import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import type { PostgresBinaries } from "./postgres-binaries";
import { postgresEnv, postgresUser } from "./postgres-user";

/**
 * Makes a cluster in `dir`. It is made beside and then renamed: neither a killed initdb nor a second starter ever leaves
 * half a cluster under the real name. Of two starters one wins, and its password is the one that counts.
 */
export function initialiseCluster(binaries: PostgresBinaries, dir: string, password: string): void {
  const fresh = `${dir}.init-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  removeAbandoned(dir);
  try {
    fs.mkdirSync(fresh, { mode: 0o700 });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    giveToPostgres(fresh);
    giveToPostgres(passwordFile);
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${fresh}`,
        "--username=postgres",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
      ],
      { ...postgresUser, cwd: "/", encoding: "utf8", env: postgresEnv },
    );
    if (made.status !== 0) {
      const reason = made.error?.message ?? made.stderr.trim().split("\n").at(-1);
      throw new ScriptError(`The embedded PostgreSQL could not be set up in ${dir}: ${reason}.`);
    }
    fs.renameSync(passwordFile, passwordFileIn(fresh));
    fs.renameSync(fresh, dir);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) throw error;
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

export function passwordOf(dir: string): string {
  return fs.readFileSync(passwordFileIn(dir), "utf8");
}

function passwordFileIn(dir: string): string {
  return path.join(dir, "calcom-password");
}

function giveToPostgres(file: string): void {
  const { uid, gid } = postgresUser;
  if (uid !== undefined && gid !== undefined) fs.chownSync(file, uid, gid);
}

/** What a killed starter left behind. */
function removeAbandoned(dir: string): void {
  const prefix = `${path.basename(dir)}.init-`;
  for (const entry of fs.readdirSync(path.dirname(dir))) {
    if (!entry.startsWith(prefix)) continue;
    const pid = Number.parseInt(entry.slice(prefix.length), 10);
    if (pid !== process.pid && isAlive(pid)) continue;
    fs.rmSync(path.join(path.dirname(dir), entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
