import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";
import { root } from "../lib/paths";

const ENDINGS = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];
const manifestSchema = z.object({ name: z.string(), exports: z.record(z.string(), z.string()).default({}) });

/** A workspace: its folder, and the sources behind its doors. */
interface Workspace {
  dir: string;
  exports: Record<string, string>;
}

let workspaces: Map<string, Workspace> | undefined;

function allWorkspaces(): Map<string, Workspace> {
  workspaces ??= readWorkspaces();
  return workspaces;
}

/** The source that an import of the checkout means, as an absolute path; null for what npm brings. */
export function resolveSource(specifier: string, importer: string): string | null {
  if (specifier.startsWith(".")) return findFile(path.resolve(path.dirname(importer), specifier), importer);
  const [scope, name, ...rest] = specifier.split("/");
  const workspace = allWorkspaces().get(`${scope}/${name}`);
  if (workspace === undefined) return null;
  const target = findExport(workspace.exports, ["."].concat(rest).join("/"));
  if (target === null) throw new ScriptError(`${importer} imports ${specifier}, which is no door.`);
  return findFile(path.resolve(workspace.dir, target), importer);
}

/** The same for the compiler. Without it a workspace is one of npm's packages, of which it writes no declarations. */
export function listSourcePaths(): Record<string, string[]> {
  return Object.fromEntries(
    [...allWorkspaces()].flatMap(([name, { dir, exports }]) =>
      Object.entries(exports).map(([door, target]) => [
        path.posix.join(name, door),
        [path.join(dir, target)],
      ]),
    ),
  );
}

function findFile(target: string, importer: string): string {
  const found = ENDINGS.map((ending) => target + ending).find((file) => isFile(file));
  if (found === undefined) throw new ScriptError(`${importer} imports ${target}, which is no file.`);
  return found;
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The exact door, or the longest pattern with one star that fits. */
function findExport(exports: Record<string, string>, wanted: string): string | null {
  const exact = exports[wanted];
  if (exact !== undefined) return exact;
  const [best] = Object.entries(exports)
    .flatMap(([pattern, target]) => {
      const [start = "", end] = pattern.split("*");
      const fits = end !== undefined && wanted.startsWith(start) && wanted.endsWith(end);
      return fits ? [{ start, end, target }] : [];
    })
    .sort((a, b) => b.start.length - a.start.length);
  if (best === undefined) return null;
  return best.target.replace("*", wanted.slice(best.start.length, wanted.length - best.end.length));
}

function readWorkspaces(): Map<string, Workspace> {
  const dirs = fs.readdirSync(path.join(root, "packages")).map((name) => path.join(root, "packages", name));
  return new Map(
    [...dirs, path.join(root, "prisma")].map((dir) => {
      const text = fs.readFileSync(path.join(dir, "package.json"), "utf8");
      const { name, exports } = manifestSchema.parse(JSON.parse(text));
      return [name, { dir, exports }];
    }),
  );
}
