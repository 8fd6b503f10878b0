import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { createTestDatabase, type TestServer } from "@calcom/embedded-postgres/test-server";
import pg from "pg";
import { root } from "../lib/paths";
import { countLines, remember } from "./count-lines";
import { environmentOf } from "./environment";
import { followSteps, runCommands } from "./follow-page";
import type { Host } from "./host";
import { describeTables } from "./host-tables";
import { doMainJob, openAsNewcomer } from "./main-job";
import { checkUpgraded, makeNewerPackage, readSql } from "./newer-package";
import { parsePage, type Step } from "./parse-page";
import { type ServedHost, serveHost } from "./served-host";

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
  server: TestServer;
}

/** Makes an application, follows INSTALL.md in it, and has people use it. */
export async function adopt({ host, dir, tarball, server }: AdoptionParts): Promise<Adopted> {
  const database = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "adoption" });
  const pooler = host.isPooled === true ? await startPgbouncer(database.url) : null;
  const env = environmentOf(database.url, pooler?.url);
  const pool = new pg.Pool({ connectionString: database.url, allowExitOnIdle: true });
  pool.on("error", () => {});
  try {
    for (const page of host.pages) await followSteps(dir, parsePage(readOwn(`hosts/${page}.md`)), env);
    if (host.seed !== undefined) await pool.query(host.seed);
    await remember(dir, env);
    const before = await describeTables(pool);
    fs.mkdirSync(path.join(dir, "vendor"));
    fs.copyFileSync(tarball, path.join(dir, "vendor", path.basename(tarball)));

    const began = performance.now();
    const steps = stepsFor(host);
    await followSteps(dir, steps.filter(isInstallation), env);
    await pooler?.reconnect();
    const lines = await countLines(dir, env);
    await runCommands(dir, "npm run build", env);
    const minutes = (performance.now() - began) / 60_000;

    const done = await whileServed(dir, env, (served) => doMainJob({ host, served, pool }));

    const newer = await makeNewerPackage(tarball, path.join(dir, "vendor"), env);
    const written = readSql(dir);
    await followSteps(dir, toNewer(steps.filter(isUpgrade), tarball, newer), env);
    await checkUpgraded(pool, dir, written);
    // As where nodes are replaced one by one: the build is still that of the version before.
    await whileServed(dir, env, (served) => openAsNewcomer({ host, served, pool }));
    done.push("it was upgraded, and what was built before still works on the upgraded database");

    await followSteps(dir, steps.filter(isRemoval), env);
    await pool.query(host.forgetTrial);
    assert.deepEqual(await describeTables(pool), before);
    done.push("it was taken out, and the application's own tables are as they were");
    return { minutes, lines, done };
  } finally {
    await pool.end();
    await pooler?.stop();
  }
}

/** What of INSTALL.md fits a host: every block but those of choices that it does not take. */
function stepsFor(host: Host): Step[] {
  const page = fs.readFileSync(path.join(root, "INSTALL.md"), "utf8");
  const choices = new Set([...page.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading));
  for (const section of host.sections)
    assert(choices.has(section), `INSTALL.md has no section "${section}", which ${host.name} follows.`);
  return parsePage(page).filter(({ section }) => !choices.has(section) || host.sections.includes(section));
}

const isUpgrade = ({ section }: Step) => section.startsWith("Upgrade ");
const isRemoval = ({ section }: Step) => section.startsWith("Uninstall ");
const isInstallation = (step: Step) => !isUpgrade(step) && !isRemoval(step);

/** The page names the package by its version. */
function toNewer(steps: readonly Step[], tarball: string, newer: string): Step[] {
  const rename = (text: string) => text.replaceAll(path.basename(tarball), path.basename(newer));
  return steps.map((step) => ({ ...step, text: rename(step.text) }));
}

async function whileServed<Result>(
  dir: string,
  env: NodeJS.ProcessEnv,
  use: (served: ServedHost) => Promise<Result>,
): Promise<Result> {
  const served = await serveHost(dir, env);
  try {
    return await use(served);
  } finally {
    await served.stop();
  }
}

function readOwn(file: string): string {
  return fs.readFileSync(path.join(import.meta.dirname, file), "utf8");
}
