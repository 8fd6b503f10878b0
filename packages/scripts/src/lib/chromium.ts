import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { ScriptError } from "./errors";
import { bin } from "./paths";
import { tailOf } from "./processes";

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser to test with: the one that was named, Playwright's own, or the system's. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (fs.existsSync(named)) return named;
    throw new ScriptError(`CHROMIUM_PATH names ${named}, which is not there.`);
  }
  const directories = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [
    chromium.executablePath(),
    ...systemNames.flatMap((name) => directories.map((directory) => path.join(directory, name))),
    ...macApplications,
  ];
  return candidates.find((file) => fs.existsSync(file)) ?? null;
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
  const update = spawnSync("apt-get", ["update", ...apt], { env, encoding: "utf8" });
  const install = spawnSync("apt-get", ["install", "--no-install-recommends", ...apt, "chromium"], {
    env,
    encoding: "utf8",
  });
  return `${update.stderr}${install.stderr}`;
}

function installFromPlaywright(): string {
  const run = spawnSync(process.execPath, [bin("@playwright/test/cli.js"), "install", "chromium"], {
    encoding: "utf8",
  });
  return `${run.stdout}${run.stderr}`;
}
