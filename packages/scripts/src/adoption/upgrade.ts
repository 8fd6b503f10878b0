import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { followSteps, runCommands } from "./follow-page";
import { useAcross } from "./main-job";
import type { OlderPackage } from "./older-package";
import type { OpenedHost } from "./opened-host";
import { serveHost } from "./served-host";
import { installing, isInstallation, isUpgrade, stepsFor } from "./steps";

export interface UpgradeParts extends OpenedHost {
  older: OlderPackage;
  tarball: string;
  page: string;
}

const DOCTOR = `npx experiments doctor --url "\${DATABASE_DIRECT_URL:-$DATABASE_URL}"`;

/** Installs the older package as its own page says, has people use it, and upgrades it under them. */
export async function tryUpgrade(parts: UpgradeParts): Promise<string[]> {
  const { host, dir, env, pool, pooler, older, tarball, page } = parts;
  const vendor = path.join(dir, "vendor");
  fs.mkdirSync(vendor);
  for (const file of [older.tarball, tarball]) fs.copyFileSync(file, path.join(vendor, path.basename(file)));
  const sections = older.sections.get(host.name) ?? [];
  const installation = stepsFor({ name: host.name, sections }, older.page).filter(isInstallation);
  await followSteps(dir, installing(path.basename(older.tarball), installation), env);
  await pooler?.reconnect();
  await runCommands(dir, "npm run build", env);
  const served = await serveHost(dir, env);
  try {
    // As where nodes are replaced one by one: the build that serves is that of the version before.
    await useAcross({ host, served, pool }, async () => {
      const before = readSql(dir);
      const steps = installing(path.basename(tarball), stepsFor(host, page).filter(isUpgrade));
      const [install = "", ...others] = steps
        .map(({ text }) => text)
        .join("\n")
        .split("\n");
      assert.match(install, /^npm install /, "The upgrade does not begin with the package.");
      await runCommands(dir, install, env);
      await assert.rejects(runCommands(dir, DOCTOR, env), /lacks the module’s migration/);
      await runCommands(dir, others.join("\n"), env);
      checkWritten(before, readSql(dir));
      assert.match(await runCommands(dir, DOCTOR, env), /no migration is missing/);
    });
  } finally {
    await served.stop();
  }
  return [
    "the package before the newest migration was installed, and people took part",
    "the doctor said what is missing, and the upgrade wrote that alone",
    "what was built before goes on with the upgraded database: people keep their variants, and others get one",
  ];
}

/** The files of SQL that an application has, outside of what npm brought. */
function readSql(dir: string): Map<string, string> {
  const files = ["prisma", "drizzle"].flatMap((folder) => listSql(dir, folder));
  return new Map(files.map((file) => [file, fs.readFileSync(path.join(dir, file), "utf8")]));
}

function listSql(dir: string, folder: string): string[] {
  if (!fs.existsSync(path.join(dir, folder))) return [];
  return fs
    .readdirSync(path.join(dir, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sql"))
    .map((file) => path.join(folder, file));
}

/** Only migrations of the module that were not there, and none changed. */
function checkWritten(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  for (const [file, text] of before) assert.equal(after.get(file), text, `The upgrade changed ${file}.`);
  const numberOf = (file: string) => Number(/_experiments_(\d{4})/.exec(file)?.[1]);
  const present = [...before.keys()].map(numberOf).filter((number) => !Number.isNaN(number));
  const written = [...after.keys()].filter((file) => !before.has(file)).map(numberOf);
  assert.equal(written.length, 1, "The upgrade did not write one file.");
  assert.deepEqual(written, [Math.max(...present) + 1]);
}
