import { Command, InvalidArgumentError } from "commander";
import { runProgram } from "./lib/run-program";
import { chaos } from "./stages/chaos";
import { drift } from "./stages/drift";
import { packed } from "./stages/pack";
import { runStages } from "./stages/run-stages";
import { simulation } from "./stages/simulation";
import type { Plan } from "./stages/stage";
import { dependencies, lint, types } from "./stages/static";
import { integration, unit } from "./stages/vitest";
import { build, e2e } from "./stages/web";

// Unit, integration and browser tests each keep every core busy, so that nothing is won by running others beside them:
// on a starved machine a test fails that nothing is wrong with. Faults wait for what they break, and the simulation
// computes meanwhile.
const plan: Plan = [
  [lint, types, dependencies, drift, packed],
  [unit],
  [build],
  [simulation, chaos],
  [integration],
  [e2e],
];
const stages = namesIn(plan);

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
      await runStages(only === undefined ? plan : partOf(plan, only), files);
    });
  await runProgram(program, args, "npm test -- --help");
}

function namesIn(plan: Plan): string[] {
  return plan.flat().flatMap((one) => (Array.isArray(one) ? namesIn(one) : [one.name]));
}

function partOf(plan: Plan, names: string[]): Plan {
  return plan.map((group) =>
    group.flatMap((one): Plan[number] => {
      if (Array.isArray(one)) return [partOf(one, names)];
      return names.includes(one.name) ? [one] : [];
    }),
  );
}

function stagesIn(text: string): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !stages.includes(name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`There is no stage "${unknown}"; there are ${stages.join(", ")}.`);
}
