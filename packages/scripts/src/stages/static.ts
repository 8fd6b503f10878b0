import { bin } from "../lib/paths";
import { runNode } from "../lib/processes";
import { type Stage, single } from "./stage";

export const lint: Stage = {
  name: "lint",
  async run() {
    const { code, output } = await runNode([
      bin("@biomejs/biome/bin/biome"),
      "check",
      "--error-on-warnings",
      ".",
    ]);
    return single(code, output);
  },
};

export const types: Stage = {
  name: "types",
  async run() {
    const { code, output } = await runNode([bin("typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.json"]);
    return single(code, output);
  },
};

export const dependencies: Stage = {
  name: "deps",
  async run() {
    const { code, output } = await runNode([
      bin("dependency-cruiser/bin/dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.cjs",
      "apps",
      "packages",
      "prisma",
      "playwright.config.ts",
      "vitest.config.ts",
    ]);
    return single(code, output);
  },
};
