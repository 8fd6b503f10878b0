import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { createTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { ScriptError } from "@calcom/lib/script-error";
import { root } from "../lib/paths";
import { carryOut, type MadeStage, spawnIn } from "./carry-out";
import { parseDockerfile } from "./dockerfile";
import { createIgnore } from "./ignore";

/**
 * `npm run image -- try`: reads the Dockerfile, carries its steps out in a clean folder as a user without rights, runs
 * its command on a database of its own, asks for pages, and ends it. It shows that the file works where there is no
 * Docker, but neither that its base image exists nor that it has the programs of this machine.
 */
export async function tryImage(): Promise<void> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-image-"));
  fs.chmodSync(dir, 0o755);
  const read = (name: string) => fs.readFileSync(path.join(root, name), "utf8");
  const postgres = await startTestServer();
  try {
    const image = await carryOut(parseDockerfile(read("Dockerfile")), {
      dir,
      context: root,
      isIgnored: createIgnore(read(".dockerignore")),
    });
    const { url } = await createTestDatabase({ adminUrl: postgres.adminUrl, prefix: "image" });
    await migrate(image, url);
    await serve(image, url);
  } finally {
    await postgres.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function migrate(image: MadeStage, url: string): Promise<void> {
  const code = await ended(spawnIn(image, ["node", "migrate.mjs"], { DATABASE_URL: url }));
  if (code !== 0) throw new ScriptError(`The image cannot migrate (exit code ${code}).`);
}

async function serve(image: MadeStage, url: string): Promise<void> {
  const port = await freePort();
  const secret = () => randomBytes(32).toString("hex");
  const settings = {
    DATABASE_URL: url,
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    NEXTAUTH_SECRET: secret(),
    VISITOR_COOKIE_SECRET: secret(),
    PREVIEW_SECRET: secret(),
  };
  const server = spawnIn(image, image.cmd, settings);
  const exited = ended(server);
  try {
    await untilHealthy(image, settings, exited);
    await askForPages(`http://127.0.0.1:${port}`);
  } finally {
    server.kill("SIGTERM");
  }
  const code = await Promise.race([exited, sleep(10_000, "still there", { ref: false })]);
  if (code !== 0) throw new ScriptError(`Told to end, the image's server answered with ${code}.`);
  console.log("Told to end, it ended in order.");
}

async function untilHealthy(image: MadeStage, settings: Record<string, string>, exited: Promise<unknown>) {
  const hasExited = exited.then(() => true);
  for (let attempt = 0; attempt < 60; attempt++) {
    if ((await ended(spawnIn(image, image.healthcheck, settings))) === 0) return;
    if (await Promise.race([hasExited, sleep(500, false)])) break;
  }
  throw new ScriptError("The image's server does not become healthy; what it said stands above.");
}

async function askForPages(base: string): Promise<void> {
  const pages = ["/api/health", "/api/ready", "/", "/pricing", "/login", "/api/auth/session"];
  let html = "";
  for (const page of pages) {
    const response = await fetch(`${base}${page}`);
    const body = await response.text();
    console.log(`${response.status} ${page} (${body.length} characters)`);
    if (response.status !== 200)
      throw new ScriptError(`${page} answered ${response.status}: ${body.slice(0, 500)}`);
    // A prerendered page brings the hashes of its scripts: the cache that makes them is in the image.
    const scripts = page === "/" ? "'sha256-" : page.startsWith("/api/") ? "default-src 'none'" : "'nonce-";
    const policy = response.headers.get("content-security-policy") ?? "";
    if (!policy.includes(scripts) || !policy.includes("frame-ancestors 'none'"))
      throw new ScriptError(`${page} has the policy ${policy || "of nobody"}.`);
    if (page === "/") html = body;
  }
  for (const asset of new Set(html.match(/\/_next\/static\/[^"\\]+\.(?:js|css)/g))) {
    const { status } = await fetch(`${base}${asset}`);
    if (status !== 200) throw new ScriptError(`${asset} answered ${status}.`);
  }
  console.log("200 for each script and style of the first page");
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "nothing"));
  });
}
