import path from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "@calcom/scripts/paths";
import { build, type Plugin } from "esbuild";

export interface Bundled {
  gzipBytes: number;
  minifiedBytes: number;
  /** What is in it, relative to the checkout. */
  modules: string[];
}

/**
 * Bundles a module as a page would load it: minified, without React and Next, which every page has. Files are found from
 * `from`, a folder of the checkout.
 */
export async function bundle(source: string, from: string): Promise<Bundled> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: path.join(root, from), loader: "tsx" },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    jsx: "automatic",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    external: ["react", "react/*", "react-dom", "react-dom/*", "next/*"],
    plugins: [loadedLater],
    absWorkingDir: root,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (file === undefined || output === undefined) throw new Error("The bundler made nothing.");
  return {
    gzipBytes: gzipSync(file.contents, { level: 9 }).length,
    minifiedBytes: file.contents.length,
    modules: Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  };
}

/** What is imported on demand is a file of its own, which is loaded on demand. */
const loadedLater: Plugin = {
  name: "loaded-later",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};
