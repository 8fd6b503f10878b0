import { Command, CommanderError } from "commander";
import { ScriptError } from "./lib/errors";
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
    "Proves the statistics, fills a demo with visitors, and tests the assignment on the subjects of the past.",
  );
  const commands = makers.map((make) => make());
  commands.forEach((command, index) => {
    program.addCommand(command, { isDefault: index === 0 });
  });
  // Their errors are thrown, and shown once, by whoever shows all others.
  for (const command of [program, ...commands])
    command.exitOverride().configureOutput({ outputError: () => {} });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help was asked for, and shown.
    if (error.exitCode !== 0)
      throw new ScriptError(
        `${error.message.replace(/^error: /, "")}\n\`npm run simulate -- --help\` shows what there is.`,
        { cause: error },
      );
  }
}
