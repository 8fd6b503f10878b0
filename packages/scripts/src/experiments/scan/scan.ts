import fs from "node:fs";
import path from "node:path";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import { type Use, usesIn } from "./uses";

export type { Use } from "./uses";

const skipped = /^(\..*|node_modules|coverage|generated)$/;
const code = /\.[cm]?[jt]sx?$/;
const declaration = /\.d\.[cm]?ts$/;
const test = /\.(test|spec|e2e|test-d)\.[cm]?[jt]sx?$/;

export interface ScanOptions {
  /** Tests name experiments of their own making, so they are left out. */
  hasTests?: boolean;
}

export interface Scan {
  files: number;
  uses: Use[];
}

/**
 * Every use of an experiment in the code under these paths, by file and place. Files are named relative to `base`.
 *
 * @throws ScriptError where a path is not there
 */
export function scan(base: string, paths: string[], { hasTests = false }: ScanOptions = {}): Scan {
  const files = [...new Set(paths.flatMap((given) => filesUnder(path.resolve(base, given), given)))]
    .filter((file) => code.test(file) && !declaration.test(file) && (hasTests || !test.test(file)))
    .sort();
  const uses = files.flatMap((file) => {
    const text = fs.readFileSync(file, "utf8");
    // Most files name none, and need no parsing to say so.
    return /experiment/i.test(path.basename(path.dirname(file)) + text) ? usesIn(file, text) : [];
  });
  return { files: files.length, uses: uses.map((use) => ({ ...use, file: path.relative(base, use.file) })) };
}

function filesUnder(file: string, given: string): string[] {
  try {
    if (!fs.statSync(file).isDirectory()) return [file];
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw cause;
    throw new ScriptError(`There is no ${given} to look into: name files or folders of this repository.`, {
      cause,
    });
  }
  return fs
    .readdirSync(file, { withFileTypes: true })
    .filter(({ name }) => !skipped.test(name))
    .flatMap((entry) => {
      const inside = path.join(file, entry.name);
      if (entry.isDirectory()) return filesUnder(inside, inside);
      return entry.isFile() ? [inside] : [];
    });
}
