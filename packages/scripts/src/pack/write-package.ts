import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";
import { buildDeclarations, type Declarations } from "./build-declarations";
import { type Built, buildModules } from "./build-modules";
import { buildManifest, type Manifest } from "./manifest";
import { buildNotices } from "./notices";
import { placeOf } from "./places";
import { buildReadme, type Sizes } from "./readme";
import type { Recipe } from "./recipes";
import { buildStyles } from "./styles/build-styles";

/** A package as it lies in its folder. */
export interface Written extends Built {
  recipe: Recipe;
  name: string;
  dir: string;
  manifest: Manifest;
  declarations: Declarations;
  sizes: Sizes;
}

/** Where packages are made. */
export const packDir = path.join(root, ".pack");

/** Builds a package into its folder, in place of what was there. */
export async function writePackage(recipe: Recipe, name: string): Promise<Written> {
  const [{ modules, inlined }, declarations] = await Promise.all([
    buildModules(recipe, name),
    buildDeclarations(recipe, name),
  ]);
  const manifest = buildManifest(recipe, modules, name);
  const sizes = {
    modules: modules.length,
    code: lengthOf(modules.map(({ code }) => code)),
    types: lengthOf([...declarations.values()]),
    maps: lengthOf(modules.map(({ map }) => map)),
  };
  const dir = path.join(packDir, recipe.name);
  fs.rmSync(dir, { recursive: true, force: true });
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
  };
  for (const { place, code, map } of modules) {
    write(`dist/${place}.js`, `${code}//# sourceMappingURL=${path.posix.basename(place)}.js.map\n`);
    write(`dist/${place}.js.map`, map);
  }
  for (const [place, text] of declarations) write(`dist/${place}.d.ts`, text);
  for (const file of recipe.sql.flatMap(listSql))
    write(`dist/${placeOf(recipe, file)}`, fs.readFileSync(file, "utf8"));
  for (const [door, folders] of Object.entries(recipe.styles)) {
    const file = `dist/${path.posix.basename(door)}`;
    write(file, await buildStyles(folders));
    // The compiler asks for types of everything that is imported.
    write(`${file}.d.ts`, "export {};\n");
  }
  write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  write("README.md", buildReadme(recipe, name, sizes));
  for (const document of recipe.documents) write(document, readDocument(document));
  write("LICENSE", fs.readFileSync(path.join(root, "LICENSE"), "utf8"));
  if (inlined.length > 0) write("THIRD-PARTY-NOTICES.txt", buildNotices(inlined));
  return { recipe, name, dir, manifest, modules, inlined, declarations, sizes };
}

/** Without its links into this repository, which lead nowhere from there. */
function readDocument(file: string): string {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  return text.replaceAll(/\[([^\]\n]+)\]\((?!https?:)[^)\n]+\)/g, "$1");
}

function listSql(folder: string): string[] {
  const dir = path.join(root, folder);
  return fs
    .readdirSync(dir)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => path.join(dir, file));
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
