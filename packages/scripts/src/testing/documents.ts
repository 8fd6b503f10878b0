import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";

const ignored = /(^|\/)(\.git|node_modules|\.next|\.data|\.pack|\.turbo|test-results)(\/|$)/;

/** Every file of the checkout, by its path in it. */
export const files: readonly string[] = fs
  .readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !ignored.test(name))
  .flatMap((entry) => (entry.isDirectory() ? filesIn(entry.name) : [entry.name]));

/** The Markdown files among them. */
export const documents: readonly string[] = files.filter((file) => file.endsWith(".md"));

function filesIn(dir: string): string[] {
  return fs
    .readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((file) => !ignored.test(file))
    .map((file) => path.join(dir, file));
}
