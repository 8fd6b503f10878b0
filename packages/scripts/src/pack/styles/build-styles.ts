import fs from "node:fs";
import path from "node:path";
import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";
import { root } from "../../lib/paths";
import { findPackageFile } from "../vendored";
import { DARK_VARIANT } from "./scope-selector";
import { scopeStyles } from "./scope-styles";

/** What an application imports beside the pages: all of their styles, and none for anything else. */
export async function buildStyles(sources: readonly string[]): Promise<string> {
  const tokens = fs.readFileSync(path.join(root, "packages/ui/globals.css"), "utf8");
  const own = tokens.replace(/@custom-variant dark \([^;]*\);/, `@custom-variant dark (${DARK_VARIANT});`);
  const toasts = fs.readFileSync(findPackageFile("sonner", "dist/styles.css"), "utf8");
  const text = [
    '@import "tailwindcss" source(none);',
    ...sources.map((folder) => `@source "${path.join(root, folder)}";`),
    `@layer base {\n${toasts}\n}`,
    // What a script would write into the page otherwise, which a strict policy forbids.
    "[data-radix-select-viewport] { scrollbar-width: none; -webkit-overflow-scrolling: touch }",
    "[data-radix-select-viewport]::-webkit-scrollbar { display: none }",
    own,
  ].join("\n");
  const from = path.join(root, "packages/ui/admin.css");
  const built = await postcss([tailwind({ base: root, optimize: { minify: false } })]).process(text, {
    from,
  });
  return scopeStyles(built.css);
}
