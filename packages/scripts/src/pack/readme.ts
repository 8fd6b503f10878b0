import type { Recipe } from "./recipes";

/** A number of modules, and sizes in bytes. */
export interface Sizes {
  modules: number;
  code: number;
  types: number;
  maps: number;
}

/** The README of the package. */
export function buildReadme(recipe: Recipe, name: string, sizes: Sizes): string {
  const doors = Object.entries(recipe.doors).map(
    ([door, { holds }]) => `| \`${name}${door.slice(1)}\` | ${holds} |`,
  );
  const peers = Object.entries(recipe.peers).map(
    ([peer, range]) =>
      `| \`${peer}\` | ${range.replaceAll("||", "or")}${recipe.optionalPeers.includes(peer) ? ", only for the entry points that need it" : ""} |`,
  );
  const lines = [
    `# ${name}`,
    recipe.description,
    "JavaScript modules (ESM), with types and source maps. Your bundler leaves out what you do not import.",
    ["| import | contains |", "|---|---|", ...doors].join("\n"),
    ...(peers.length === 0 ? [] : [["| install it yourself | version |", "|---|---|", ...peers].join("\n")]),
    `${sizes.modules} modules: ${inKilobytes(sizes.code)} of JavaScript, ${inKilobytes(sizes.types)} of types, ${inKilobytes(sizes.maps)} of source maps.`,
  ];
  return `${lines.join("\n\n")}\n`;
}

export function inKilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000)} kB`;
}
