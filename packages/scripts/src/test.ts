import { parseArgs } from "node:util";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import { drift } from "./stages/drift";
import { runStages } from "./stages/run-stages";
import { simulation } from "./stages/simulation";
import { dependencies, lint, types } from "./stages/static";
import { integration, unit } from "./stages/vitest";
import { build, e2e } from "./stages/web";

// Integration waits for its database and processes more than it computes, so that others stand beside it. Browsers do not.
const groups = [[lint, types, dependencies, drift, unit], [integration, build, simulation], [e2e]];
const usage = `npm test -- --only ${groups
  .flat()
  .map(({ name }) => name)
  .join(",")} [files …]`;

/** `npm test`: everything. `--only unit,e2e` runs some of it, and further arguments narrow the files down. */
export async function test(args: string[]): Promise<void> {
  const { only, filters } = readArgs(args);
  // Whatever runs from here on gets databases of its own.
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_REPLICA_URL;
  const chosen = groups
    .map((group) => group.filter(({ name }) => only === null || only.includes(name)))
    .filter((group) => group.length > 0);
  await runStages(chosen, filters);
}

function readArgs(args: string[]): { only: string[] | null; filters: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { only: { type: "string" } },
      allowPositionals: true,
    });
    const only = values.only?.split(",") ?? null;
    const names = groups.flat().map(({ name }) => name);
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new ScriptError(`There is no stage "${unknown}". ${usage}`);
    return { only, filters: positionals };
  } catch (error) {
    if (!codeOf(error)?.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new ScriptError(`These arguments are not understood. ${usage}`, { cause: error });
  }
}
