import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { chromium } from "@playwright/test";
import { bin } from "./paths";
import { tailOf } from "./processes";

// The shell draws no window for nobody, which takes a third of the time of a test.
const SHELL = "chromium-headless-shell";
const systemNames = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser to test with: the one that was named, Playwright's own, or the system's. With `isWhole` none that only
 * draws pages, and keeps none of them for going back.
 */
export function findChromium({ isWhole = false } = {}): string | null {
  const isWanted = (file: string) => !isWhole || path.basename(file) !== SHELL;
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "" && isWanted(named)) {
    if (fs.existsSync(named)) return named;
    throw new ScriptError(`CHROMIUM_PATH names ${named}, which is not there.`);
  }
  const directories = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [
    chromium.executablePath(),
    ...systemNames.flatMap((name) => directories.map((directory) => path.join(directory, name))),
    ...macApplications,
  ];
  return candidates.find((file) => isWanted(file) && fs.existsSync(file)) ?? null;
}

/** Root on Debian gets the distribution's Chromium, anybody else Playwright's. */
export function findOrInstallChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  const isAptRoot = process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get");
  console.log("Installing Chromium (half a minute) …");
  const output = (isAptRoot ? installFromDebian : installFromPlaywright)();
  const installed = findChromium();
  if (installed !== null) return installed;
  throw new ScriptError(
    `No Chromium was found, and none could be installed: install one and name it in CHROMIUM_PATH.\n${tailOf(output, 15)}`,
  );
}

function installFromDebian(): string {
  const apt = ["-y", "-o", "DPkg::Lock::Timeout=300"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (args: string[]) => spawnSync("apt-get", [...args, ...apt], { env, encoding: "utf8" });
  const install = (...names: string[]) => run(["install", "--no-install-recommends", ...names]);
  const update = run(["update"]);
  const both = install(SHELL, "chromium");
  // Releases of old have no shell.
  return both.status === 0 ? "" : `${update.stderr}${both.stderr}${install("chromium").stderr}`;
}

function installFromPlaywright(): string {
  const run = spawnSync(process.execPath, [bin("@playwright/test/cli.js"), "install", "chromium"], {
    encoding: "utf8",
  });
  return `${run.stdout}${run.stderr}`;
}
