import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { findOrInstallChromium } from "./lib/chromium";
import { bin, root } from "./lib/paths";
import { runNode } from "./lib/processes";

/**
 * Takes the pictures of docs/screenshots anew: of the demo, on a production server and a throw-away database. Where
 * PICTURES_FOLDER names another folder, they are for looking at: as long as each page is, for a phone, a tablet and a
 * desk, and in German.
 */
export async function screenshots(args: string[]): Promise<void> {
  const folder = path.resolve(root, process.env.PICTURES_FOLDER || "docs/screenshots");
  // Some of them are taken beside the others.
  if (args.length === 0 && !process.env.PICTURES_FOLDER) fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const config = path.join(root, "apps/web/playwright/screenshots.config.ts");
  const { code, output } = await runNode(
    [bin("@playwright/test/cli.js"), "test", "--reporter=line", "--config", config, ...args],
    { env: { ...process.env, CHROMIUM_PATH: findOrInstallChromium() } },
  );
  if (code !== 0) throw new ScriptError(`Not every page could be photographed:\n${output}`);
  const files = fs.readdirSync(folder);
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0);
  console.log(`${files.length} pictures in ${path.relative(root, folder)}, ${(bytes / 1e6).toFixed(1)} MB.`);
}
