// What every command of the repository begins with. It runs before anything is installed, so it is plain JavaScript,
// and it runs on old versions of Node, so that it can say that they are old.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/**
 * Installs and generates what is missing, then runs a command.
 *
 * @param {(args: string[]) => Promise<void>} run may import TypeScript, and what npm has installed
 */
export function launch(run) {
  if (process.env.npm_lifecycle_event !== undefined) endWithNpm();
  prepare()
    .then(() => run(process.argv.slice(2)))
    .catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      if (process.env.DEBUG) console.error(error);
      process.exitCode = 1;
    });
}

/**
 * Told to end, npm ends the shell that it has started us in, and goes: no signal reaches us. We see that nobody waits
 * for us any more, and take it for the signal.
 */
function endWithNpm() {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  timer.unref();
}

/** Who waits for us. Where npm is killed outright, the shell between it and us stays: then it is the one behind it. */
function ancestors() {
  try {
    const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(stat) ?? [];
    if (/^(ba|da|a)?sh$/.test(name ?? "")) return `${process.ppid} ${parent}`;
  } catch {
    // Not Linux, or it is gone at this moment.
  }
  return `${process.ppid}`;
}

async function prepare() {
  refuseOldNode();
  process.chdir(root); // tsx looks for tsconfig.json here
  process.env.CHECKPOINT_DISABLE ??= "1";
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  process.env.TURBO_TELEMETRY_DISABLED ??= "1";
  process.env.DO_NOT_TRACK ??= "1";
  const { install } = await import("./install.mjs");
  await install(root);
  const { withLock } = await import("./lock.mjs");
  const { generate, isGenerated } = await import("../../../prisma/generate.mjs");
  if (!isGenerated()) {
    await withLock(root, "generate", async () => {
      if (!isGenerated()) generate();
    });
  }
  const { register } = await import("tsx/esm/api");
  register();
}

function refuseOldNode() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const needed = engines.node.replace(/[^\d.]/g, "");
  if (compare(process.versions.node, needed) < 0)
    throw new Error(
      `Node ${needed} or newer is needed; this is ${process.versions.node} (${process.execPath}).`,
    );
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}
