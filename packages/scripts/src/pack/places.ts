import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { root } from "../lib/paths";
import type { Recipe } from "./recipes";
import { isVendored } from "./vendored";

/** Where a source is found in the package, below `dist/` and without an ending. */
export function placeOf({ name, folders }: Recipe, source: string): string {
  if (isVendored(source)) return `vendor/${path.basename(source, ".js")}`;
  const file = path.relative(root, source).split(path.sep).join("/");
  for (const [folder, place] of Object.entries(folders))
    if (file.startsWith(`${folder}/`))
      return path.posix.join(place, file.slice(folder.length + 1)).replace(/\.tsx?$/, "");
  throw new ScriptError(`${file} is imported by the package ${name}, and belongs to no folder of it.`);
}

/** How a file of the package imports another one of it. */
export function relativeImport(from: string, to: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return `${relative.startsWith(".") ? relative : `./${relative}`}.js`;
}
