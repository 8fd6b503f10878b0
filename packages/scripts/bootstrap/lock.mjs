// @ts-check
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const beatMs = 1_000;
const deadAfterMs = 10_000;

/**
 * Runs `work` while no other process of this checkout runs under the same name. A holder that died is passed over: a
 * living one touches the lock every second.
 *
 * @template T
 * @param {string} root
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once where the lock is taken
 * @returns {Promise<T>}
 */
export async function withLock(root, name, work, onWait) {
  const file = path.join(root, ".data", `${name}.lock`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let hasWaited = false;
  while (!(await acquire(file))) {
    if (!hasWaited) onWait?.();
    hasWaited = true;
    await sleep(250);
  }
  const beat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now, () => {}); // removed by hand: nothing to keep alive
  }, beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (holderOf(file) === process.pid) fs.rmSync(file, { force: true });
  }
}

/** @param {string} file */
async function acquire(file) {
  if (create(file)) return true;
  if (!isDead(file)) return false;
  fs.rmSync(file, { force: true });
  if (!create(file)) return false;
  // Of two that found the same dead holder, the later one may have removed the earlier one's lock.
  await sleep(100);
  return holderOf(file) === process.pid;
}

/** @param {string} file */
function create(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
function isDead(file) {
  const pid = holderOf(file);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (Date.now() - stat.mtimeMs > deadAfterMs) return true;
  if (pid === null) return false; // being written
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** @param {string} file */
function holderOf(file) {
  try {
    return Number.parseInt(fs.readFileSync(file, "utf8"), 10) || null;
  } catch {
    return null; // released meanwhile
  }
}
