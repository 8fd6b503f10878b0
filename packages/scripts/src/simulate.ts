import { Command } from "commander";
import { runProgram } from "./lib/run-program";
import { aaCommand } from "./simulate/aa/command";
import { proveCommand } from "./simulate/prove";
import { trafficCommand } from "./simulate/traffic/command";

/** One file each, in `simulate/`. */
const makers = [proveCommand, trafficCommand, aaCommand];

/**
 * `npm run simulate`: experiments whose truth is known, and what is said of them. Further commands fill an experiment of
 * a demo with visitors, and split the subjects of a real one anew.
 */
export async function simulate(args: string[]): Promise<void> {
  const program = new Command("npm run simulate --").description(
    "Checks the statistics, fills a demo with invented subjects, and runs A/A tests on past subjects.",
  );
  for (const [index, make] of makers.entries()) program.addCommand(make(), { isDefault: index === 0 });
  await runProgram(program, args, "npm run simulate -- --help");
}
