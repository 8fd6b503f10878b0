import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { checkOut, commitBefore } from "../../lib/history";
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
  return commitBeforeIt() === null ? "there is no history of git here" : null;
}

function newestMigration(): string {
  const names = fs.readdirSync(migrationsDir).filter((name) => /^\d/.test(name));
  return names.sort().at(-1) ?? "";
}

const commitBeforeIt = () => commitBefore(path.join(migrationsDir, newestMigration(), "migration.sql"));

/** Builds it once, and keeps it in `.data`. */
export async function buildReleaseBefore(): Promise<ReleaseBefore> {
  const commit = commitBeforeIt();
  if (commit === null) throw new ScriptError("There is no history of git here.");
  const checkout = path.join(root, ".data/releases", commit.slice(0, 12));
  const release = { checkout, commit, migration: newestMigration() };
  const done = path.join(checkout, ".data/is-built");
  if (fs.existsSync(done)) return release;
  console.log(`Building ${commit.slice(0, 7)}, the release before (some minutes) …`);
  fs.rmSync(checkout, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(done), { recursive: true });
  checkOut(commit, checkout);
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
