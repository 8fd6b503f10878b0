import { Command, InvalidArgumentError } from "commander";
import { runProgram } from "./lib/run-program";
import { chaos } from "./stages/chaos";
import { drift } from "./stages/drift";
import { packed } from "./stages/pack";
import { runStages } from "./stages/run-stages";
import { simulation } from "./stages/simulation";
import { dependencies, lint, types } from "./stages/static";
import { integration, unit } from "./stages/vitest";
import { build, e2e } from "./stages/web";

// Integration waits for its database and processes more than it computes, so that others stand beside it; chaos waits
// for the build first, and for what it breaks then. Browsers do not.
const groups = [
  [lint, types, dependencies, drift, unit, packed],
  [integration, build, simulation, chaos],
  [e2e],
];
const stages = groups.flat().map(({ name }) => name);

/**
 * `npm test`: every check, and every test but the long ones, which `--whole` adds. `--only unit,e2e` runs some of it, and
 * further arguments narrow the files down.
 */
export async function test(args: string[]): Promise<void> {
  const program = new Command("npm test --")
    .description("Runs every check, and every test except the long ones.")
    .argument("[files...]", "runs only these files of the stages")
    .option("--only <stages>", `some of ${stages.join(", ")}`, stagesIn)
    .option("--whole", "the long tests as well: files with .long. in their name")
    .action(async (files: string[], { only, whole }: { only?: string[]; whole?: true }) => {
      if (whole) process.env.TESTS = "whole";
      // Whatever runs from here on gets databases of its own.
      delete process.env.DATABASE_URL;
      delete process.env.DATABASE_DIRECT_URL;
      delete process.env.DATABASE_REPLICA_URL;
      const chosen = groups
        .map((group) => group.filter(({ name }) => only?.includes(name) ?? true))
        .filter((group) => group.length > 0);
      await runStages(chosen, files);
    });
  await runProgram(program, args, "npm test -- --help");
}

function stagesIn(text: string): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !stages.includes(name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`There is no stage "${unknown}"; there are ${stages.join(", ")}.`);
}
