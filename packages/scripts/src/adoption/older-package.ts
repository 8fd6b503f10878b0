import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ScriptError } from "@calcom/lib/script-error";
import { checkOut, commitBefore } from "../lib/history";
import { root } from "../lib/paths";
import { runNode, tailOf } from "../lib/processes";
import { runCommands } from "./follow-page";
import type { Host } from "./host";

/** The module of the commit before its newest migration. */
export interface OlderPackage {
  tarball: string;
  /** INSTALL.md of that commit. */
  page: string;
  /** Its sections that each host follows, by the host's name: headings are reworded. */
  sections: ReadonlyMap<string, Host["sections"]>;
}

const MIGRATIONS = path.join(root, "packages/features/experiments/migrations");

/** Packs it as that commit did, and keeps it in `.data`. */
export async function packOlder(): Promise<OlderPackage> {
  const newest = fs.readdirSync(MIGRATIONS).sort().at(-1) ?? "";
  const commit = commitBefore(path.join(MIGRATIONS, newest));
  if (commit === null)
    throw new ScriptError(
      "The history of git that is here has no older package to upgrade from. Fetch all of it, or use --no-upgrade.",
    );
  const checkout = path.join(root, ".data/releases", `${commit.slice(0, 12)}-package`);
  const tarball = path.join(checkout, ".pack/experiments-before.tgz");
  if (!fs.existsSync(tarball)) {
    console.log(`Packing ${commit.slice(0, 7)}, which has no ${newest} (some minutes) …`);
    fs.rmSync(checkout, { recursive: true, force: true });
    fs.mkdirSync(checkout, { recursive: true });
    checkOut(commit, checkout);
    // It installs what its own lock file says.
    const { code, output } = await runNode(["packages/scripts/run.mjs", "pack"], { cwd: checkout });
    if (code !== 0) throw new ScriptError(`The older package cannot be made:\n${tailOf(output)}`);
    await relabel(path.join(checkout, ".pack"), tarball);
  }
  const page = fs.readFileSync(path.join(checkout, "INSTALL.md"), "utf8");
  return { tarball, page, sections: await readSections(checkout) };
}

async function readSections(checkout: string): Promise<OlderPackage["sections"]> {
  const file = path.join(checkout, "packages/scripts/src/adoption/hosts.ts");
  const { HOSTS } = (await import(pathToFileURL(file).href)) as { HOSTS: readonly Host[] };
  return new Map(HOSTS.map(({ name, sections }) => [name, sections]));
}

/** The version may be that of today, since releases are rarer than migrations: npm would take one for the other. */
async function relabel(dir: string, target: string): Promise<void> {
  const packed = fs.readdirSync(dir).find((file) => /^experiments-.*\.tgz$/.test(file));
  if (packed === undefined) throw new ScriptError(`There is no package in ${dir}.`);
  const work = fs.mkdtempSync(path.join(dir, "before-"));
  await runCommands(work, `tar -xzf '${path.join(dir, packed)}'`, process.env);
  const manifest = path.join(work, "package/package.json");
  const { version, ...rest } = JSON.parse(fs.readFileSync(manifest, "utf8"));
  fs.writeFileSync(manifest, JSON.stringify({ ...rest, version: `${version}-before` }));
  await runCommands(work, `tar -czf '${target}' package`, process.env);
  fs.rmSync(work, { recursive: true });
}
