import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { withLock } from "../../bootstrap/lock.mjs";
import { root, webDir } from "./paths";
import { tailOf } from "./processes";
import { hashOf, runTurbo } from "./turbo";

const TASK = "@calcom/web#build";
/** The last file that `next build` writes: one that was interrupted has none, or that of the build before. */
const LAST_FILE = "export-marker.json";

/** True where there is a production build, of whichever sources. */
export function isBuilt(): boolean {
  return ["BUILD_ID", LAST_FILE].every((name) => fs.existsSync(path.join(webDir, ".next", name)));
}

/**
 * True where the build that is there was made from exactly these sources, by whichever command: `next.config.ts` names
 * each build by the hash of its sources.
 */
export async function isBuildFresh(): Promise<boolean> {
  if (!isBuilt()) return false;
  return fs.readFileSync(path.join(webDir, ".next/BUILD_ID"), "utf8") === (await hashOf(TASK));
}

/** Makes the production build where it is missing or stale; true where there was something to do. */
export async function buildWeb(onStart: () => void = () => {}): Promise<boolean> {
  if (await isBuildFresh()) return false;
  return withLock(root, "build", async () => {
    if (await isBuildFresh()) return false;
    onStart();
    const { code, output } = await runTurbo(["build", "--filter=@calcom/web", "--output-logs=errors-only"]);
    if (code !== 0) throw new ScriptError(`The production build failed:\n${tailOf(output, 80)}`);
    return true;
  });
}
