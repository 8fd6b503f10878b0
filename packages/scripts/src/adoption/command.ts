import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startTestServer } from "@calcom/embedded-postgres/test-server";
import { ScriptError } from "@calcom/lib/script-error";
import { Command } from "commander";
import { runProgram } from "../lib/run-program";
import { makeTarball } from "../pack/make-tarball";
import { RECIPES } from "../pack/recipes";
import { writePackage } from "../pack/write-package";
import { adopt } from "./adopt";
import type { Host } from "./host";
import { HOSTS } from "./hosts";
import { type OlderPackage, packOlder } from "./older-package";

/** The most that somebody has to write, and how long it may take on a machine of their own. */
const GOAL_LINES = 80;

interface AdoptionOptions {
  keep?: boolean;
  upgrade: boolean;
  tarball?: string;
}

/** `npm run adoption`: INSTALL.md, followed in applications that know nothing of this repository. */
export async function adoption(args: string[]): Promise<void> {
  const program = new Command("npm run adoption --")
    .description(
      "Follows INSTALL.md in other applications, has people use them, and takes the module out again.",
    )
    .argument("[hosts...]", `some of ${HOSTS.map(({ name }) => name).join(", ")}; all of them by default`)
    .option("--tarball <file>", "takes this package, instead of one of the sources as they are")
    .option("--no-upgrade", "does not try an upgrade, which needs the history of git")
    .option("--keep", "leaves the applications where they were made")
    .action(async (names: string[], { keep = false, upgrade, tarball: given }: AdoptionOptions) => {
      const hosts = names.length === 0 ? HOSTS : names.map(findHost);
      const tarball = given ?? (await packModule());
      const older = upgrade ? await packOlder() : null;
      const server = await startTestServer();
      try {
        for (const host of hosts) await tryHost(host, { tarball, older, server, isKept: keep });
      } finally {
        await server.stop();
      }
    });
  await runProgram(program, args, "npm run adoption -- --help");
}

function findHost(name: string): Host {
  const host = HOSTS.find((known) => known.name === name);
  if (host === undefined)
    throw new ScriptError(
      `There is no host "${name}": there are ${HOSTS.map((known) => known.name).join(", ")}.`,
    );
  return host;
}

async function packModule(): Promise<string> {
  const recipe = RECIPES.find(({ name }) => name === "experiments");
  if (recipe === undefined) throw new Error("No recipe makes the package of experiments.");
  const { file } = await makeTarball(await writePackage(recipe, recipe.name));
  return file;
}

interface Trial {
  tarball: string;
  older: OlderPackage | null;
  server: Awaited<ReturnType<typeof startTestServer>>;
  isKept: boolean;
}

async function tryHost(host: Host, { tarball, older, server, isKept }: Trial): Promise<void> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `adoption-${host.name}-`));
  try {
    const { minutes, lines, done } = await adopt({ host, dir, tarball, older, server });
    for (const each of done) console.log(`met    ${host.name}: ${each}`);
    const word = lines <= GOAL_LINES ? "met   " : "MISSED";
    console.log(
      `${word} ${host.name}: ${lines} lines written, and ${minutes.toFixed(1)} minutes to a built application`,
    );
    if (lines > GOAL_LINES) throw new ScriptError(`More than ${GOAL_LINES} lines have to be written.`);
  } finally {
    if (isKept) console.log(`It is left in ${dir}.`);
    else fs.rmSync(dir, { recursive: true, force: true });
  }
}
