import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { postgresEnv, postgresUser } from "@calcom/embedded-postgres/postgres-user";

export const HOME = "/usr/lib/postgresql";

/** Where Debian's package `postgresql` has its programs: the embedded ones can neither replicate nor dump. */
export const directory = findDirectory();

function findDirectory(): string | null {
  if (!fs.existsSync(HOME)) return null;
  const versions = fs.readdirSync(HOME).sort((a, b) => Number(b) - Number(a));
  return versions.map((name) => path.join(HOME, name, "bin")).find(isWhole) ?? null;
}

function isWhole(dir: string): boolean {
  return ["initdb", "postgres", "pg_basebackup", "pg_dump"].every((name) =>
    fs.existsSync(path.join(dir, name)),
  );
}

export const missingDebianPostgres = () =>
  directory === null ? "Debian's postgresql is not installed" : null;

/** Runs one of its programs to its end. */
export async function runDebian(program: string, args: readonly string[]): Promise<void> {
  const file = path.join(directory ?? HOME, program);
  await promisify(execFile)(file, args, {
    ...postgresUser,
    cwd: "/",
    env: postgresEnv,
    timeout: 120_000,
  });
}
