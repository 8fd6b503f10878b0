import { Command, CommanderError } from "commander";
import { ScriptError } from "../lib/errors";
import { convertCommand } from "./commands/convert";
import { staleCommand } from "./commands/stale";
import { typesCommand } from "./commands/types";
import { verifyCommand } from "./commands/verify";

/** One file each, in `commands/`. */
const makers = [typesCommand, staleCommand, verifyCommand, convertCommand];

/** `npm run experiments -- <command>`: what developers and CI do with experiments. */
export async function experimentsCommand(args: string[]): Promise<void> {
  const program = new Command("npm run experiments --")
    .description("Works with the experiments of DATABASE_URL, or of the embedded database.")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command");
  const commands = makers.map((make) => make());
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) quiet(command);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help was asked for, and shown.
    if (error.exitCode !== 0)
      throw new ScriptError(
        `${error.message.replace(/^error: /, "").replaceAll("\n", " ")}\n\`npm run experiments\` shows what there is.`,
        {
          cause: error,
        },
      );
  }
}

/** Its errors are thrown, and shown once, by whoever shows all others. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
}
