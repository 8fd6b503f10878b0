import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { migrationsDir, root } from "../../lib/paths";
import { runNode, tailOf } from "../../lib/processes";

/** A checkout of the commit before the newest migration, with a build. */
export interface ReleaseBefore {
  checkout: string;
  commit: string;
  /** The migration that it does not know. */
  migration: string;
}

/** Why there is none here; null where there is. */
export function missingHistory(): string | null {
  return commitBefore() === null ? "there is no history of git here" : null;
}

function newestMigration(): string {
  const names = fs.readdirSync(migrationsDir).filter((name) => /^\d/.test(name));
  return names.sort().at(-1) ?? "";
}

function commitBefore(): string | null {
  if (!fs.existsSync(path.join(root, ".git"))) return null;
  try {
    const file = path.join(migrationsDir, newestMigration(), "migration.sql");
    const added = git("log", "--diff-filter=A", "--format=%H", "-1", "--", file);
    return added === "" ? null : git("rev-parse", "--verify", "--quiet", `${added}^`);
  } catch {
    return null; // a shallow clone, or no git
  }
}

/** Builds it once, and keeps it in `.data`. */
export async function buildReleaseBefore(): Promise<ReleaseBefore> {
  const commit = commitBefore();
  if (commit === null) throw new ScriptError("There is no history of git here.");
  const checkout = path.join(root, ".data/releases", commit.slice(0, 12));
  const release = { checkout, commit, migration: newestMigration() };
  const done = path.join(checkout, ".data/is-built");
  if (fs.existsSync(done)) return release;
  console.log(`Building ${commit.slice(0, 7)}, the release before (some minutes) …`);
  fs.rmSync(checkout, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(done), { recursive: true });
  const archive = path.join(checkout, ".data/source.tar");
  git("archive", "--format=tar", `--output=${archive}`, commit);
  execFileSync("tar", ["-xf", archive, "-C", checkout]);
  fs.rmSync(archive);
  // It installs what its own lock file says, and generates its own client.
  await run(["packages/scripts/run.mjs", "generate"], checkout);
  await run(["../../node_modules/next/dist/bin/next", "build"], path.join(checkout, "apps/web"));
  fs.writeFileSync(done, "");
  return release;
}

async function run(args: string[], cwd: string): Promise<void> {
  const { code, output } = await runNode(args, { cwd });
  if (code !== 0) throw new ScriptError(`The release before cannot be built:\n${tailOf(output)}`);
}

function git(...args: string[]): string {
  return execFileSync("git", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
