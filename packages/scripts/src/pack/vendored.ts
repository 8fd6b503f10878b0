import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import type { Plugin } from "esbuild";
import { root } from "../lib/paths";

/**
 * Packages that write styles into the page by a script, which a strict policy of the host's forbids. Each becomes one
 * module of ours, whose styles are in the stylesheet or in sheets that scripts may make.
 */
const VENDORED = ["radix-ui", "sonner"];

/** The source of such a module; null for every other package. */
export function vendoredSource(specifier: string): string | null {
  return VENDORED.includes(specifier) ? path.join(root, "node_modules/.vendored", `${specifier}.js`) : null;
}

export function isVendored(source: string): boolean {
  return path.dirname(source) === path.join(root, "node_modules/.vendored");
}

export function findPackageFile(name: string, file: string): string {
  const require = createRequire(path.join(root, "packages/ui/package.json"));
  return path.join(path.dirname(require.resolve(name)), "..", file);
}

const NAMED = /import \{([^}]*)\} from "([^"]+)";/g;

/** Hands on what the kit imports of the package, and nothing else of it. */
function entryOf(name: string): string {
  const kit = path.join(root, "packages/ui/components");
  const names = fs.readdirSync(kit).flatMap((file) =>
    file.includes(".test.")
      ? []
      : [...fs.readFileSync(path.join(kit, file), "utf8").matchAll(NAMED)]
          .filter(([, , from]) => from === name)
          .flatMap(([, list = ""]) => list.split(","))
          .map((one) => one.trim())
          .filter((one) => one !== "" && !one.startsWith("type "))
          .map((one) => one.split(" as ")[0] ?? one),
  );
  return `"use client";\nexport { ${[...new Set(names)].sort().join(", ")} } from "${name}";\n`;
}

/** Bundles such a package, without what writes styles into the page. */
export const vendoring: Plugin = {
  name: "vendoring",
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]\.vendored[\\/]/ }, ({ path: file }) => ({
      contents: entryOf(path.basename(file, ".js")),
      resolveDir: path.join(root, "packages/ui"),
    }));
    plugin.onLoad({ filter: /[\\/]react-style-singleton[\\/]dist[\\/]es2015[\\/]singleton\.js$/ }, () => ({
      contents: SHEETS,
    }));
    patch(plugin, /[\\/]sonner[\\/]dist[\\/]index\.mjs$/, /^__insertCSS\(.*\);$/m, "");
    patch(
      plugin,
      /[\\/]@radix-ui[\\/]react-select[\\/]dist[\\/]index\.mjs$/,
      /\/\* @__PURE__ \*\/ jsx\(\s*"style",\s*\{[\s\S]*?nonce\s*\}\s*\),/,
      "null,",
    );
  },
};

function patch(plugin: Parameters<Plugin["setup"]>[0], filter: RegExp, what: RegExp, by: string): void {
  plugin.onLoad({ filter }, async ({ path: file }) => {
    const text = await fs.promises.readFile(file, "utf8");
    if (!what.test(text)) throw new ScriptError(`${file} writes its styles in another way than before.`);
    return { contents: text.replace(what, by) };
  });
}

/** The same by a sheet that a script may make whatever the policy. */
const SHEETS = `
export function stylesheetSingleton() {
  let users = 0;
  let sheet = null;
  return {
    add(style) {
      if (users++ > 0) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    remove() {
      if (--users > 0 || sheet === null) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      sheet = null;
    },
  };
}
`;
