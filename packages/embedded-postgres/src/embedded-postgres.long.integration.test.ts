import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "./index";

const isPosix = process.platform !== "win32";
let parent: string;
let dir: string;
/** A cluster that has run once. Making one takes longer than all that is tried on it. */
let made: string;

beforeAll(async () => {
  made = aParent();
  const server = await startEmbeddedPostgres({ dir: path.join(made, "postgres"), isDurable: false });
  await server.stop();
}, 60_000);
afterAll(() => fs.rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  parent = aParent();
  dir = path.join(parent, "postgres");
});

afterEach(() => {
  fs.rmSync(parent, { recursive: true, force: true });
});

function aParent(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-embedded-test-"));
  fs.chmodSync(directory, 0o755);
  return directory;
}

/** Puts a copy of the cluster that was made into `dir`. */
function copyCluster(): void {
  const from = path.join(made, "postgres");
  // With its owner, who is not root.
  if (isPosix) expect(spawnSync("cp", ["-a", from, dir]).status).toBe(0);
  else fs.cpSync(from, dir, { recursive: true });
}

async function ask(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  // A zombie is dead: it only waits to be collected.
  return /^[^Z\s]/.test(spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await sleep(50);
  }
}

/** A starter in a process of its own, which can be killed. */
async function startElsewhere(): Promise<{ pid: number; serverPid: number; isAdopted: boolean }> {
  const module = path.join(import.meta.dirname, "index.ts");
  const code = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const s = await startEmbeddedPostgres({ dir: ${JSON.stringify(dir)}, isDurable: false });
    console.log(JSON.stringify({ serverPid: s.pid, isAdopted: s.isAdopted }));
    setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of child.stdout) {
    return { pid: child.pid ?? 0, ...JSON.parse(String(line)) };
  }
  throw new Error("the starter ended without a word");
}

test("keeps its data over a restart, and asks for a password", { timeout: 180_000 }, async () => {
  copyCluster();
  const first = await startEmbeddedPostgres({ dir, isDurable: true });
  await ask(first.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
  await expect(ask(`postgresql://postgres:x@127.0.0.1:${first.port}/postgres`, "SELECT 1")).rejects.toThrow(
    /password/,
  );
  await first.stop();
  expect(fs.existsSync(path.join(dir, "postmaster.pid"))).toBe(false);

  const second = await startEmbeddedPostgres({ dir, isDurable: true });
  expect(
    await ask(second.url("postgres"), "SELECT answer, current_setting('fsync') AS fsync FROM kept"),
  ).toEqual({
    answer: 42,
    fsync: "on",
  });
  await second.stop();
});

test("two starters at once share one server", { timeout: 180_000 }, async () => {
  const [a, b] = await Promise.all([
    startEmbeddedPostgres({ dir, isDurable: false }),
    startEmbeddedPostgres({ dir, isDurable: false }),
  ]);
  expect(a.pid).toBe(b.pid);
  expect([a.isAdopted, b.isAdopted].sort()).toEqual([false, true]);
  expect(await ask(b.url("postgres"), "SELECT 1 AS one")).toEqual({ one: 1 });
  await Promise.all([a.stop(), b.stop()]);
  expect(isAlive(a.pid)).toBe(false);
});

test.runIf(isPosix)("stops when its starter is killed outright", { timeout: 180_000 }, async () => {
  copyCluster();
  const starter = await startElsewhere();
  expect(isAlive(starter.serverPid)).toBe(true);
  process.kill(starter.pid, "SIGKILL");
  await waitUntil(() => !isAlive(starter.serverPid));
  await waitUntil(() => !fs.existsSync(path.join(dir, "postmaster.pid")));
});

test.runIf(isPosix)(
  "starts over a lock whose number belongs to another program now",
  { timeout: 180_000 },
  async () => {
    copyCluster();
    const first = await startEmbeddedPostgres({ dir, isDurable: false });
    const lock = fs.readFileSync(path.join(dir, "postmaster.pid"), "utf8");
    await first.stop();
    fs.writeFileSync(path.join(dir, "postmaster.pid"), lock.replace(/^\d+/, String(process.pid)));

    const second = await startEmbeddedPostgres({ dir, isDurable: false });
    expect(second.isAdopted).toBe(false);
    await second.stop();
  },
);

test.runIf(isPosix)("recovers after the server itself was killed", { timeout: 180_000 }, async () => {
  copyCluster();
  const first = await startEmbeddedPostgres({ dir, isDurable: true });
  await ask(first.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
  process.kill(first.pid, "SIGKILL");
  await waitUntil(() => !isAlive(first.pid));

  const second = await startEmbeddedPostgres({ dir, isDurable: true });
  expect(await ask(second.url("postgres"), "SELECT answer FROM kept")).toEqual({ answer: 42 });
  await second.stop();
});

test.runIf(isPosix)(
  "a process whose server was killed ends when its work has, and leaves nobody behind who would stop another one",
  { timeout: 180_000 },
  async () => {
    copyCluster();
    const module = path.join(import.meta.dirname, "index.ts");
    const code = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
      const options = { dir: ${JSON.stringify(dir)}, isDurable: false };
      process.kill((await startEmbeddedPostgres(options)).pid, "SIGKILL");
      await (await startEmbeddedPostgres(options)).stop();`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", code],
      { cwd: import.meta.dirname, encoding: "utf8", timeout: 180_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // The shells that watch over a server name its directory.
    const { stdout } = spawnSync("ps", ["-ww", "-eo", "args="], { encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.includes(dir))).toEqual([]);
  },
);

test("half a cluster that a killed starter left is no obstacle", { timeout: 180_000 }, async () => {
  fs.mkdirSync(`${dir}.init-999999999`);
  fs.writeFileSync(path.join(`${dir}.init-999999999`, "PG_VERSION"), "18\n");
  const server = await startEmbeddedPostgres({ dir, isDurable: false });
  await server.stop();
  expect(fs.readdirSync(parent).sort()).toEqual(["postgres", "postgres.log"]);
});

test("a data directory that is damaged is named in one sentence", { timeout: 180_000 }, async () => {
  copyCluster();
  const first = await startEmbeddedPostgres({ dir, isDurable: false });
  await first.stop();
  fs.writeFileSync(path.join(dir, "PG_VERSION"), "9.6\n");
  await expect(startEmbeddedPostgres({ dir, isDurable: false })).rejects.toThrow(
    new RegExp(`^The embedded PostgreSQL in ${dir} does not start \\(.*incompatible.*\\)`),
  );
});
