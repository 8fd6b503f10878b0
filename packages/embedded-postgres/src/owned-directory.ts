import fs from "node:fs";
import { codeOf, ScriptError } from "@calcom/lib/script-error";

/**
 * A directory that is ours alone to write, made where it is missing. Under a shared parent such as /tmp its name can be
 * guessed: one that somebody else has put there first is refused.
 */
export function ownedDirectory(dir: string): string {
  try {
    fs.mkdirSync(dir, { mode: 0o755 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  const stat = fs.lstatSync(dir);
  const me = process.getuid?.();
  if (!stat.isDirectory() || (me !== undefined && (stat.uid !== me || (stat.mode & 0o022) !== 0))) {
    throw new ScriptError(
      `${dir} belongs to somebody else or is writable by others: remove it and start again.`,
    );
  }
  return dir;
}
