/** Of the build alone: it guards this repository's own bundles. */
const DROPPED = new Set(["server-only"]);

/** Small parts of a large family: hundreds of packages to install for six functions. They become part of the module. */
const INLINED = /^@stdlib\//;

const RENAMED: Readonly<Record<string, string>> = {
  // The same in zod 3.25, which has it beside its own, and in zod 4.
  zod: "zod/v4",
  // Node and TypeScript resolve a path into a package without a map of exports by its whole name only.
  "posthog-js/dist/module.slim.no-external": "posthog-js/dist/module.slim.no-external.js",
};

export type Foreign = { kind: "dropped" } | { kind: "inlined" } | { kind: "kept"; specifier: string };

/** What becomes of an import of what npm or Node brings. */
export function foreignImport(specifier: string): Foreign {
  if (DROPPED.has(specifier)) return { kind: "dropped" };
  if (INLINED.test(specifier)) return { kind: "inlined" };
  return { kind: "kept", specifier: RENAMED[specifier] ?? specifier };
}

/** The package that an import names; null for Node's own modules and for files. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return null;
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}
