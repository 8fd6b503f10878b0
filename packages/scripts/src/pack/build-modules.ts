import path from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "../lib/paths";
import type { BuiltModule } from "./built-module";
import { foreignImport } from "./foreign";
import { placeOf, relativeImport } from "./places";
import { entriesOf, type Recipe } from "./recipes";
import { resolveSource } from "./resolve-source";
import { buildTexts, textsPlace } from "./texts";
import { vendoredSource, vendoring } from "./vendored";

/** A module of the package: what stands in `dist/`, and what it imports. */

export interface Built {
  modules: BuiltModule[];
  /** Files of npm's packages that were inlined, by their path from the top of the checkout. */
  inlined: string[];
}

/**
 * Compiles what the doors reach, each module by itself: what a host does not import, its bundler leaves out, and
 * `"use client"` stays where it stands.
 */
export async function buildModules(recipe: Recipe, name = recipe.name): Promise<Built> {
  const modules = new Map<string, BuiltModule>();
  const inlined = new Set<string>();
  const texts = new Set<string>();
  let wave = entriesOf(recipe).map((source) => path.join(root, source));
  while (wave.length > 0) {
    const reached = new Set<string>();
    for (const module of await buildWave(recipe, wave, { reached, inlined, texts }))
      modules.set(module.source, module);
    wave = [...reached].filter((source) => !modules.has(source));
  }
  // Code that is shown to people imports the package by its name, and commands are those that it has.
  const show = (code: string) =>
    SHOWN.reduce((shown, [here, there]) => shown.replaceAll(here, there), code).replaceAll(
      `@calcom/features/${recipe.name}`,
      name,
    );
  const built = [...modules.values()].map((module) => ({
    ...module,
    code: show(module.code),
  }));
  return {
    modules: [...built, ...buildTexts(built, texts)].sort((a, b) => (a.place < b.place ? -1 : 1)),
    inlined: [...inlined],
  };
}

/** What was come across on the way. */
interface Found {
  reached: Set<string>;
  inlined: Set<string>;
  texts: Set<string>;
}

async function buildWave(recipe: Recipe, sources: string[], found: Found): Promise<BuiltModule[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: sources.map((source) => ({ in: source, out: placeOf(recipe, source) })),
    outdir: path.join(root, "dist"),
    absWorkingDir: root,
    plugins: [importsOf(recipe, found), vendoring],
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
  for (const file of Object.keys(metafile.inputs)) if (isOfNpm(file)) found.inlined.add(file);
  const textOf = (name: string) =>
    outputFiles.find((file) => file.path === path.join(root, "dist", name))?.text ?? "";
  return sources.map((source) => {
    const place = placeOf(recipe, source);
    return { source, place, code: textOf(`${place}.js`), map: readableMap(textOf(`${place}.js.map`)) };
  });
}

/** Rewrites what a module imports, and tells which sources that leads to. */
function importsOf(recipe: Recipe, { reached, texts }: Found): Plugin {
  return {
    name: "imports",
    setup(plugin) {
      plugin.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind }) => {
        if (kind === "entry-point")
          return vendoredSource(path.basename(specifier, ".js")) === specifier
            ? { path: specifier }
            : undefined;
        if (importer.includes("/node_modules/"))
          return BROUGHT.test(specifier) ? { path: specifier, external: true } : undefined;
        const place = textsPlace(specifier);
        if (place !== null) {
          texts.add(place);
          return { path: relativeImport(placeOf(recipe, importer), place), external: true };
        }
        const source = vendoredSource(specifier) ?? resolveSource(specifier, importer);
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

/** What is shown to people here, and where the package is installed. */
const SHOWN = [
  [
    'import { useTeam } from "@calcom/lib/hooks/useTeam";',
    "// useTeam is yours: it names the team of the page.",
  ],
  ['"npm run experiments -- verify"', `'npx experiments verify --url "$DATABASE_URL"'`],
  // No command of the package reads the code of its host.
  ['"npm run experiments -- stale"', '""'],
] as const;

/** Of which there may be one alone, whoever imports it. */
const BROUGHT = /^react(?:-dom)?(?:\/|$)/;

/** Not the entries that are made up here. */
function isOfNpm(file: string): boolean {
  return file.includes("node_modules/") && !file.includes("node_modules/.vendored/");
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
