// @ts-check
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";

/**
 * Installs the dependencies where `node_modules` is missing or behind the lock file.
 *
 * @param {string} root
 */
export async function install(root) {
  if (isInstalled(root)) return;
  const onWait = () => console.log("Waiting for another process that installs the dependencies …");
  await withLock(
    root,
    "install",
    async () => {
      if (isInstalled(root)) return;
      console.log("Installing the dependencies (a minute or two) …");
      await npmCi(root);
      fs.writeFileSync(stampFile(root), lockHash(root));
    },
    onWait,
  );
}

/** @param {string} root */
function isInstalled(root) {
  if (read(stampFile(root)) === lockHash(root)) return true;
  if (!isInstalledByHand(root)) return false;
  fs.writeFileSync(stampFile(root), lockHash(root));
  return true;
}

/**
 * `npm ci` and `npm install` by hand leave npm's own list of what is there, written last.
 *
 * @param {string} root
 */
function isInstalledByHand(root) {
  const wanted = read(path.join(root, "package-lock.json"));
  const present = read(path.join(root, "node_modules/.package-lock.json"));
  if (wanted === null || present === null) return false;
  const there = JSON.parse(present).packages;
  return Object.entries(JSON.parse(wanted).packages).every(([location, entry]) => {
    if (!location.includes("node_modules/")) return true; // the root and the workspaces themselves
    const found = there[location];
    if (found === undefined) return entry.optional === true; // made for another platform
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** @param {string} root */
async function npmCi(root) {
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  // The npm that runs us, where one does.
  const npm = process.env.npm_execpath;
  const isScript = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
  const [command, ...rest] = isScript ? [process.execPath, npm, ...args] : ["npm", ...args];
  const child = spawn(command, rest, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: !isScript && process.platform === "win32",
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code}); what it said stands above.`);
}

/** @param {string} root */
function stampFile(root) {
  return path.join(root, "node_modules/.calcom-lock");
}

/** @param {string} root */
function lockHash(root) {
  return createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
