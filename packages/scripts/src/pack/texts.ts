import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";
import type { BuiltModule } from "./built-module";

const PREFIX = "virtual:admin-texts/";
const LOCALES = path.join(root, "apps/web/public/static/locales");
/** A file of refusals has English sentences as keys, which services say. */
const FILES = ["common.json", "failure.json", "refusals.json"];

/** Where the texts of a language lie in the package; null for every other import. */
export function textsPlace(specifier: string): string | null {
  return specifier.startsWith(PREFIX) ? `admin-texts/${specifier.slice(PREFIX.length)}` : null;
}

/** The texts that the modules name, a module for each language. */
export function buildTexts(modules: readonly BuiltModule[], places: ReadonlySet<string>): BuiltModule[] {
  const code = modules.map((module) => module.code).join("\n");
  return [...places].map((place) => {
    const dir = path.join(LOCALES, path.posix.basename(place));
    const texts = chooseTexts(readTexts(dir), code);
    return {
      place,
      source: path.join(dir, "common.json"),
      code: `export default ${JSON.stringify(texts, null, 1)};\n`,
      map: JSON.stringify({ version: 3, sources: [], names: [], mappings: "" }),
    };
  });
}

function readTexts(dir: string): Record<string, string> {
  const files = FILES.map((file) => path.join(dir, file)).filter((file) => fs.existsSync(file));
  return Object.assign({}, ...files.map((file) => JSON.parse(fs.readFileSync(file, "utf8"))));
}

/** Keys stand in the code as they are, without the ending of a plural; or begin there, where the rest is put together. */
export function chooseTexts(texts: Readonly<Record<string, string>>, code: string): Record<string, string> {
  const literals = new Set([...code.matchAll(/["'`]([^"'`\n]+)["'`]/g)].map(([, literal = ""]) => literal));
  const stems = [...new Set([...code.matchAll(/`([a-z0-9_]+_)\$\{/g)].map(([, stem = ""]) => stem))];
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([key]) =>
        literals.has(key) ||
        literals.has(key.replace(/_(?:zero|one|other)$/, "")) ||
        stems.some((stem) => key.startsWith(stem)) ||
        (/[ .]/.test(key) && code.includes(key)),
    ),
  );
}
