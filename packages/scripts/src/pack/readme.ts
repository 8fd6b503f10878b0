import type { Recipe } from "./recipes";

/** In bytes, but for the modules. */
export interface Sizes {
  modules: number;
  code: number;
  types: number;
  maps: number;
}

/** What somebody finds who opens the package. */
export function buildReadme(recipe: Recipe, name: string, sizes: Sizes): string {
  const doors = Object.entries(recipe.doors).map(
    ([door, { holds }]) => `| \`${name}${door.slice(1)}\` | ${holds} |`,
  );
  const peers = Object.entries(recipe.peers).map(
    ([peer, range]) =>
      `| \`${peer}\` | ${range.replaceAll("||", "or")}${recipe.optionalPeers.includes(peer) ? ", where it is used" : ""} |`,
  );
  const lines = [
    `# ${name}`,
    recipe.description,
    "Modules of JavaScript (ESM), with types and source maps. What you do not import, your bundler leaves out.",
    ["| import | holds |", "|---|---|", ...doors].join("\n"),
    ...(peers.length === 0 ? [] : [["| you bring | version |", "|---|---|", ...peers].join("\n")]),
    `${sizes.modules} modules: ${inKilobytes(sizes.code)} of JavaScript, ${inKilobytes(sizes.types)} of types, ${inKilobytes(sizes.maps)} of source maps.`,
  ];
  return `${lines.join("\n\n")}\n`;
}

export function inKilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000)} kB`;
}
