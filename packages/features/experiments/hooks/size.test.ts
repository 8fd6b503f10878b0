import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

const GOAL_BYTES = 1_100;
const MISS = "../lib/client/misses";
/** And what only an application without a transport of its own loads. */
const USUAL = "../lib/client/mount-transport";

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: source,
      resolveDir: fileURLToPath(new URL("../../experiments", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    // What is left out: React, and what only a miss loads.
    external: ["react", "react/*", MISS, USUAL],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

it("hook and provider stay under 1.1 kB gzipped, without React and what only a miss loads", async () => {
  const code = await bundle(`
    export { useExperiment } from "./hooks/useExperiment";
    export { ExperimentContextProvider } from "./context/ExperimentContext";
  `);
  expect(code).toContain(`import("${MISS}")`);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(GOAL_BYTES);
});
