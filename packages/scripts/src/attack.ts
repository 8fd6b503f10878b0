import { ScriptError } from "@calcom/lib/script-error";
import { Command } from "commander";
import { bin, root } from "./lib/paths";
import { runNode } from "./lib/processes";
import { runProgram } from "./lib/run-program";
import { wholeNumber } from "./simulate/options";

const TESTS = "apps/web/testing/attacks/attacks.integration.test.ts";

interface Options {
  calls: number;
  seed: number;
}

/** `npm run attack`: hostile inputs to every procedure, route and action, as every role; `npm test` sends a sample. */
export async function attack(args: string[]): Promise<void> {
  const program = new Command("npm run attack --")
    .description(
      "Sends hostile inputs to every procedure, route and server action, as every role, on a database of its own. Nothing may " +
        "be answered by 500, tell what is inside, or write what is refused; what is accepted is read back at every door.",
    )
    .option("--calls <number>", "how many, drawn from all there are", wholeNumber, 24_000)
    .option("--seed <number>", "repeats the same draws", wholeNumber, 18)
    .action(run);
  await runProgram(program, args, "npm run attack -- --help");
}

async function run({ calls, seed }: Options): Promise<void> {
  const { code, output } = await runNode(
    [bin("vitest/vitest.mjs"), "run", "--root", root, "--project", "integration-doors", TESTS],
    { env: { ...process.env, ATTACK_CALLS: String(calls), ATTACK_SEED: String(seed) } },
  );
  if (code !== 0) throw new ScriptError(`Not every attack was withstood:\n${output}`);
  console.log(output.match(/^\d+ calls of .*$/gm)?.join("\n") ?? "");
}
