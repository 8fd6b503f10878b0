import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { type Finished, runNode } from "./processes";

/** Runs npm in a folder, whatever npm has started us. */
export function runNpm(args: string[], cwd: string): Promise<Finished> {
  return runNode([findNpm(), ...args], { cwd });
}

/** The one that runs us, else that of this Node. */
function findNpm(): string {
  const beside = path.dirname(process.execPath);
  const found = [
    process.env.npm_execpath ?? "",
    path.join(beside, "../lib/node_modules/npm/bin/npm-cli.js"),
    path.join(beside, "node_modules/npm/bin/npm-cli.js"),
  ].find((file) => /npm-cli\.[cm]?js$/.test(file) && fs.existsSync(file));
  if (found === undefined) throw new ScriptError("There is no npm: start this by `npm run`.");
  return found;
}
