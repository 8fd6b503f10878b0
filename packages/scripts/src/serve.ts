import { ScriptError } from "@calcom/lib/script-error";
import { serve as serveApp } from "./lib/serve";
import { isBuilt } from "./lib/web-build";

/**
 * `npm run serve`: the build that is there, on the database as it is. It neither builds nor migrates.
 *
 * @throws ScriptError where there is no build, or where the database lacks migrations
 */
export async function serve(): Promise<void> {
  if (!isBuilt()) throw new ScriptError("There is no build to serve: run `npm run build` first.");
  await serveApp({ mode: "start", isMigrated: true });
}
