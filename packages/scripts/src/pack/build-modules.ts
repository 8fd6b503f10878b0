import path from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "../lib/paths";
import { foreignImport } from "./foreign";
import { placeOf, relativeImport } from "./places";
import { entriesOf, type Recipe } from "./recipes";
import { resolveSource } from "./resolve-source";

/** A module of the package: what stands in `dist/`, and what it imports. */
export interface BuiltModule {
  place: string;
  source: string;
  code: string;
  map: string;
}

export interface Built {
  modules: BuiltModule[];
  /** Files of npm's packages that were inlined, by their path from the top of the checkout. */
  inlined: string[];
}

/**
 * Compiles what the doors reach, each module by itself: what a host does not import, its bundler leaves out, and
 * `"use client"` stays where it stands.
 */
export async function buildModules(recipe: Recipe): Promise<Built> {
  const modules = new Map<string, BuiltModule>();
  const inlined = new Set<string>();
  let wave = entriesOf(recipe).map((source) => path.join(root, source));
  while (wave.length > 0) {
    const reached = new Set<string>();
    for (const module of await buildWave(recipe, wave, reached, inlined)) modules.set(module.source, module);
    wave = [...reached].filter((source) => !modules.has(source));
  }
  return {
    modules: [...modules.values()].sort((a, b) => (a.place < b.place ? -1 : 1)),
    inlined: [...inlined],
  };
}

async function buildWave(
  recipe: Recipe,
  sources: string[],
  reached: Set<string>,
  inlined: Set<string>,
): Promise<BuiltModule[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: sources.map((source) => ({ in: source, out: placeOf(recipe, source) })),
    outdir: path.join(root, "dist"),
    absWorkingDir: root,
    plugins: [importsOf(recipe, reached)],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    // Where an inlined package has a variant for browsers it is the one that runs everywhere.
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    charset: "utf8",
    sourcemap: "external",
    legalComments: "eof",
  });
  for (const file of Object.keys(metafile.inputs)) if (file.includes("node_modules/")) inlined.add(file);
  const textOf = (name: string) =>
    outputFiles.find((file) => file.path === path.join(root, "dist", name))?.text ?? "";
  return sources.map((source) => {
    const place = placeOf(recipe, source);
    return { source, place, code: textOf(`${place}.js`), map: readableMap(textOf(`${place}.js.map`)) };
  });
}

/** Rewrites what a module imports, and tells which sources that leads to. */
function importsOf(recipe: Recipe, reached: Set<string>): Plugin {
  return {
    name: "imports",
    setup(plugin) {
      plugin.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind }) => {
        if (kind === "entry-point" || importer.includes("/node_modules/")) return;
        const source = resolveSource(specifier, importer);
        if (source !== null) {
          reached.add(source);
          return { path: relativeImport(placeOf(recipe, importer), placeOf(recipe, source)), external: true };
        }
        const foreign = foreignImport(specifier);
        if (foreign.kind === "inlined") return;
        if (foreign.kind === "dropped") return { path: specifier, namespace: "dropped", sideEffects: false };
        return { path: foreign.specifier, external: true };
      });
      plugin.onLoad({ filter: /.*/, namespace: "dropped" }, () => ({ contents: "" }));
    },
  };
}

interface SourceMap {
  sources: string[];
  sourcesContent: (string | null)[];
}

/** Names in it are those of the checkout, no paths of this machine. What was inlined is left out: it is npm's. */
function readableMap(text: string): string {
  const map = JSON.parse(text) as SourceMap;
  const sources = map.sources.map((source) => source.replace(/^(\.\.\/)+/, ""));
  const sourcesContent = map.sourcesContent.map((content, index) =>
    sources[index]?.startsWith("node_modules/") ? null : content,
  );
  return JSON.stringify({ ...map, sources, sourcesContent });
}
