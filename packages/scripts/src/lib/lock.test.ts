import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../bootstrap/lock.mjs";

const module = new URL("../../bootstrap/lock.mjs", import.meta.url).href;
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-lock-"));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

/** A process that appends its two marks under the lock. */
function writer(mark: string): Promise<void> {
  const code = `import fs from "node:fs"; import { withLock } from ${JSON.stringify(module)};
    const file = ${JSON.stringify(path.join(root, "marks"))};
    await withLock(${JSON.stringify(root)}, "work", async () => {
      fs.appendFileSync(file, "${mark}");
      await new Promise((resolve) => setTimeout(resolve, 100));
      fs.appendFileSync(file, "${mark}");
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("exit", (status) => (status === 0 ? resolve() : reject(new Error(`exit code ${status}`))));
  });
}

test("processes take turns, and none is lost", { timeout: 180_000 }, async () => {
  await Promise.all(["a", "b", "c", "d"].map(writer));
  expect(fs.readFileSync(path.join(root, "marks"), "utf8")).toMatch(/^(aa|bb|cc|dd){4}$/);
  expect(fs.readdirSync(path.join(root, ".data"))).toEqual([]);
});

test("a holder that was killed is passed over", { timeout: 180_000 }, async () => {
  const code = `import { withLock } from ${JSON.stringify(module)};
    await withLock(${JSON.stringify(root)}, "work", () => new Promise(() => setInterval(() => {}, 1e6)));`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
  const lock = path.join(root, ".data/work.lock");
  while (!fs.existsSync(lock)) await sleep(20);
  holder.kill("SIGKILL");
  await new Promise((resolve) => holder.once("exit", resolve));
  expect(await withLock(root, "work", async () => "done")).toBe("done");
});

test("a failure gives the lock back and is passed on", async () => {
  const broken = withLock(root, "work", async () => {
    throw new Error("broken");
  });
  await expect(broken).rejects.toThrow("broken");
  expect(await withLock(root, "work", async () => "done")).toBe("done");
});
