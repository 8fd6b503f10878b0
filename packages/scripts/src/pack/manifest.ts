import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { root } from "../lib/paths";
import type { BuiltModule } from "./built-module";
import { packageOf } from "./foreign";
import { placeOf } from "./places";
import type { Recipe } from "./recipes";

const IMPORTED = /(?:\bfrom |\bimport |\bimport\()"([^"]+)"/g;

/** What a text of the package imports, as it stands there. */
export function importsIn(text: string): string[] {
  return [...text.matchAll(IMPORTED)].flatMap(([, specifier]) => specifier ?? []);
}

/** Makes the package's `package.json`. */
export function buildManifest(recipe: Recipe, modules: readonly BuiltModule[], name: string) {
  const { description, doors, peers, styles, optionalPeers, types } = recipe;
  const effects = [
    ...Object.keys(styles).map((door) => `./dist/${path.posix.basename(door)}`),
    ...recipe.effects.map((source) => `./dist/${placeOf(recipe, path.join(root, source))}.js`),
  ];
  const { version, license, engines } = readManifest(".");
  const imported = modules.flatMap(({ code }) => importsIn(code)).map(packageOf);
  const needed = [...new Set([...imported, ...types])].filter(
    (one) => one !== null && one !== packageOf(name) && !(one in peers),
  );
  return {
    name,
    version,
    description,
    license,
    type: "module",
    sideEffects: effects.length > 0 ? effects : false,
    engines,
    exports: {
      ...Object.fromEntries(
        Object.entries(doors).map(([door, { source }]) => {
          const file = `./dist/${placeOf(recipe, path.join(root, source))}`;
          return [door, { types: `${file}.d.ts`, default: `${file}.js` }];
        }),
      ),
      ...Object.fromEntries(
        Object.keys(styles).map((door) => {
          const file = `./dist/${path.posix.basename(door)}`;
          return [door, { types: `${file}.d.ts`, default: file }];
        }),
      ),
      "./package.json": "./package.json",
    },
    ...(Object.keys(recipe.bin).length === 0 ? {} : { bin: filesOf(recipe, recipe.bin) }),
    files: ["dist", ...recipe.documents, "THIRD-PARTY-NOTICES.txt"],
    dependencies: rangesOf(needed.filter((one) => one !== null).sort()),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(optionalPeers.map((peer) => [peer, { optional: true }])),
  };
}

function filesOf(recipe: Recipe, sources: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [
      name,
      `dist/${placeOf(recipe, path.join(root, source))}.js`,
    ]),
  );
}

export type Manifest = ReturnType<typeof buildManifest>;

const manifestSchema = z.object({
  version: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

function readManifest(folder: string): z.infer<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8")));
}

/** From the version that is tested here on, as the workspaces declare it. */
function rangesOf(names: readonly string[]): Record<string, string> {
  const declared = ["packages/features", "packages/lib", "packages/statistics", "packages/ui"]
    .map(readManifest)
    .map(({ dependencies, devDependencies }) => ({ ...devDependencies, ...dependencies }));
  const versions: Record<string, string | undefined> = Object.assign({}, ...declared);
  return Object.fromEntries(
    names.map((name) => {
      const version = versions[name];
      if (version === undefined) throw new Error(`No workspace that is packed declares ${name}.`);
      return [name, `^${version}`];
    }),
  );
}
