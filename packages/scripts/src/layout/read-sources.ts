import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";
import type { Sources } from "./measure";

const TOPS = ["apps", "packages", "prisma"];
const SKIPPED = new Set(["node_modules", "generated", ".next", ".turbo", "dist"]);

/** All TypeScript of the checkout. */
export function readSources(): Sources {
  const sources = new Map<string, string>();
  for (const file of TOPS.flatMap(filesIn))
    if (/\.tsx?$/.test(file)) sources.set(file, fs.readFileSync(path.join(root, file), "utf8"));
  return sources;
}

function filesIn(dir: string): string[] {
  return fs.readdirSync(path.join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(dir, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesIn(name);
    return entry.isFile() ? [name] : [];
  });
}
