import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { createTestDatabase, type TestServer } from "@calcom/embedded-postgres/test-server";
import { root } from "../lib/paths";
import { countLines, remember } from "./count-lines";
import { followSteps, runCommands } from "./follow-page";
import type { Host } from "./host";
import { describeTables } from "./host-tables";
import { doMainJob } from "./main-job";
import type { OlderPackage } from "./older-package";
import { inHost, type OpenedHost } from "./opened-host";
import { parsePage } from "./parse-page";
import { serveHost } from "./served-host";
import { isInstallation, isRemoval, stepsFor } from "./steps";
import { tryUpgrade } from "./upgrade";

export interface Adopted {
  /** From the package to a built application. */
  minutes: number;
  /** What a person writes, the views' SQL included. */
  lines: number;
  done: string[];
}

export interface AdoptionParts {
  host: Host;
  /** An empty folder. */
  dir: string;
  tarball: string;
  /** What is upgraded; null where that is not tried. */
  older: OlderPackage | null;
  server: TestServer;
}

/**
 * Makes an application, follows INSTALL.md in it, has people use it, and takes the module out again. In a copy of the
 * application, an older package is upgraded.
 */
export async function adopt({ host, dir, tarball, older, server }: AdoptionParts): Promise<Adopted> {
  const page = fs.readFileSync(path.join(root, "INSTALL.md"), "utf8");
  const database = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "adoption" });
  const application = { host, dir: path.join(dir, "application"), url: database.url };
  fs.mkdirSync(application.dir);
  await inHost(application, makeApplication);
  const copy = path.join(dir, "upgraded");
  const options = { adminUrl: server.adminUrl, prefix: "adoption", template: database.name };
  const upgraded = older && { host, dir: copy, url: (await createTestDatabase(options)).url };
  if (upgraded !== null) fs.cpSync(application.dir, copy, { recursive: true, verbatimSymlinks: true });
  const adopted = await inHost(application, (opened) => installAndUse(opened, tarball, page));
  if (older === null || upgraded === null) return adopted;
  const further = await inHost(upgraded, (opened) => tryUpgrade({ ...opened, older, tarball, page }));
  return { ...adopted, done: [...adopted.done, ...further] };
}

/** As it is before anybody has heard of experiments. */
async function makeApplication({ host, dir, env, pool }: OpenedHost): Promise<void> {
  for (const page of host.pages) {
    const text = fs.readFileSync(path.join(import.meta.dirname, `hosts/${page}.md`), "utf8");
    await followSteps(dir, parsePage(text), env);
  }
  if (host.seed !== undefined) await pool.query(host.seed);
  await remember(dir, env);
}

async function installAndUse(opened: OpenedHost, tarball: string, page: string): Promise<Adopted> {
  const { host, dir, env, pool, pooler } = opened;
  const before = await describeTables(pool);
  fs.mkdirSync(path.join(dir, "vendor"));
  fs.copyFileSync(tarball, path.join(dir, "vendor", path.basename(tarball)));

  const began = performance.now();
  const steps = stepsFor(host, page);
  await followSteps(dir, steps.filter(isInstallation), env);
  await pooler?.reconnect();
  const lines = await countLines(dir, env);
  await runCommands(dir, "npm run build", env);
  const minutes = (performance.now() - began) / 60_000;

  const served = await serveHost(dir, env);
  const done = await doMainJob({ host, served, pool }).finally(() => served.stop());

  await followSteps(dir, steps.filter(isRemoval), env);
  await pool.query(host.forgetTrial);
  assert.deepEqual(await describeTables(pool), before);
  done.push("it was taken out, and the application's own tables are as they were");
  return { minutes, lines, done };
}
