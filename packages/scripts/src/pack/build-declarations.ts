import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { bin, root } from "../lib/paths";
import { runNode } from "../lib/processes";
import { foreignImport } from "./foreign";
import { placeOf, relativeImport } from "./places";
import type { Recipe } from "./recipes";
import { listSourcePaths, resolveSource } from "./resolve-source";

/** Declarations by their place in `dist/`, without an ending: what the doors' types lead to. */
export type Declarations = ReadonlyMap<string, string>;

/** Writes declarations with the compiler, and makes their imports those of the package. */
export async function buildDeclarations(recipe: Recipe, name: string): Promise<Declarations> {
  // Beside the sources: from elsewhere the compiler would find no types of npm's packages.
  fs.mkdirSync(path.join(root, "node_modules/.cache"), { recursive: true });
  const dir = fs.mkdtempSync(path.join(root, "node_modules/.cache/pack-"));
  try {
    await compile(recipe, dir);
    return readReached(recipe, dir, name);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function compile(recipe: Recipe, dir: string): Promise<void> {
  const settings = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      emitDeclarationOnly: true,
      // The sources are checked with all others, by their packages' own tasks.
      noCheck: true,
      outDir: path.join(dir, "out"),
      rootDir: root,
      types: ["node"],
      paths: { ...listSourcePaths(), "server-only": [bin("server-only/empty.js")] },
    },
    include: [],
    files: Object.values(recipe.doors).map(({ source }) => path.join(root, source)),
  };
  const file = path.join(dir, "tsconfig.json");
  fs.writeFileSync(file, JSON.stringify(settings));
  const { code, output } = await runNode([bin("typescript-native/bin/tsc"), "--project", file]);
  if (code !== 0) throw new ScriptError(`The declarations of ${recipe.name} do not compile:\n${output}`);
}

function readReached(recipe: Recipe, dir: string, name: string): Declarations {
  const found = new Map<string, string>();
  const waiting = Object.values(recipe.doors).map(({ source }) => path.join(root, source));
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    const place = placeOf(recipe, source);
    if (found.has(place)) continue;
    const emitted = path.join(dir, "out", path.relative(root, source).replace(/\.tsx?$/, ".d.ts"));
    const { text, reached } = rewrite(recipe, fs.readFileSync(emitted, "utf8"), source);
    // What an application fills in, it fills in under the package's name.
    found.set(place, text.replaceAll(`@calcom/features/${recipe.name}`, name));
    waiting.push(...reached);
  }
  return found;
}

const IMPORTS = /(\bfrom |\bimport |\bimport\()"([^"]+)"/g;

function rewrite(recipe: Recipe, text: string, importer: string): { text: string; reached: string[] } {
  const reached: string[] = [];
  const rewritten = text.replaceAll(IMPORTS, (_, before: string, specifier: string) => {
    const source = resolveSource(specifier, importer);
    if (source === null) {
      const foreign = foreignImport(specifier);
      return `${before}"${foreign.kind === "kept" ? foreign.specifier : specifier}"`;
    }
    reached.push(source);
    return `${before}"${relativeImport(placeOf(recipe, importer), placeOf(recipe, source))}"`;
  });
  return { text: rewritten.replaceAll(/import "server-only";\n/g, ""), reached };
}
