import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { build } from "esbuild";
import { migrationsDir, root, webDir } from "../lib/paths";

/**
 * `npm run image -- bundle`: puts into `.image/` what an image holds: the standalone server with its files, and
 * `migrate.mjs` with the migrations. The build must have been made with BUILD_STANDALONE=1.
 */
export async function bundleImage(): Promise<void> {
  const standalone = path.join(webDir, ".next/standalone");
  if (!fs.existsSync(path.join(standalone, "apps/web/server.js")))
    throw new ScriptError("There is no standalone build: run `BUILD_STANDALONE=1 npm run build` first.");
  const image = path.join(root, ".image");
  fs.rmSync(image, { recursive: true, force: true });
  fs.cpSync(standalone, image, { recursive: true, verbatimSymlinks: true });
  const web = path.join(image, "apps/web");
  fs.cpSync(path.join(webDir, ".next/static"), path.join(web, ".next/static"), { recursive: true });
  fs.cpSync(path.join(webDir, "public"), path.join(web, "public"), { recursive: true });
  // Next imports it by its path when the server starts, and traces only what it imports.
  fs.copyFileSync(path.join(webDir, "cache-handler.mjs"), path.join(web, "cache-handler.mjs"));
  fs.cpSync(migrationsDir, path.join(image, "migrations"), { recursive: true });
  await build({
    entryPoints: [path.join(import.meta.dirname, "migrate.ts")],
    outfile: path.join(image, "migrate.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    // What it imports comes with the server; pg is CommonJS, which a bundle of modules cannot require.
    external: ["pg"],
    logLevel: "warning",
  });
  console.log("The image's files are in .image.");
}
