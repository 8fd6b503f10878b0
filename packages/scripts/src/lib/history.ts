import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./paths";

/** The commit before the one that has added a file; null where the history does not say, as in a shallow clone. */
export function commitBefore(file: string): string | null {
  if (!fs.existsSync(path.join(root, ".git"))) return null;
  try {
    const added = git("log", "--diff-filter=A", "--format=%H", "-1", "--", file);
    return added === "" ? null : git("rev-parse", "--verify", "--quiet", `${added}^`);
  } catch {
    return null; // a shallow clone, or no git
  }
}

/** Writes all that a commit holds into a folder that there is. */
export function checkOut(commit: string, dir: string): void {
  const archive = path.join(dir, "source.tar");
  git("archive", "--format=tar", `--output=${archive}`, commit);
  execFileSync("tar", ["-xf", archive, "-C", dir]);
  fs.rmSync(archive);
}

function git(...args: string[]): string {
  return execFileSync("git", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
