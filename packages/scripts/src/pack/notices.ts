import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { root } from "../lib/paths";

/** The licenses of packages whose code is part of a module, each text once. */
export function buildNotices(inlined: readonly string[]): string {
  const folders = [...new Set(inlined.map(packageFolder))].sort();
  const texts = new Map<string, string[]>();
  for (const folder of folders) {
    const { name, version, license, author } = readManifest(folder);
    // A package without a file of its own says in its manifest who grants the license.
    const text = readTerms(folder) || (author === "" ? "" : `${license}, by ${author}`);
    if (text === "") throw new Error(`${name} has no license to pass on.`);
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...texts].map(([text, names]) => `${names.join("\n")}\n\n${text.trim()}\n`);
  return `Parts of these packages are in this one.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function packageFolder(file: string): string {
  const [before, after = ""] = file.split(/node_modules\/(?!.*node_modules\/)/);
  const [first = "", second = ""] = after.split("/");
  return `${before}node_modules/${first.startsWith("@") ? `${first}/${second}` : first}`;
}

/** Licenses and notices, whatever their files are called. */
function readTerms(folder: string): string {
  return fs
    .readdirSync(path.join(root, folder))
    .filter((file) => /^(licen[sc]e|notice)/i.test(file))
    .map((file) => fs.readFileSync(path.join(root, folder, file), "utf8"))
    .join("\n");
}

function readManifest(folder: string): z.infer<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8")));
}

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.string().catch(""),
});
