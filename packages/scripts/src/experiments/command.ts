import { Command } from "commander";
import { runProgram } from "../lib/run-program";
import { convertCommand } from "./commands/convert";
import { sqlCommand } from "./commands/sql";
import { staleCommand } from "./commands/stale";
import { typesCommand } from "./commands/types";
import { verifyCommand } from "./commands/verify";
import { whoCommand } from "./commands/who";

/** One file each, in `commands/`. */
const makers = [typesCommand, staleCommand, whoCommand, verifyCommand, sqlCommand, convertCommand];

/** `npm run experiments -- <command>`: what developers and CI do with experiments. */
export async function experimentsCommand(args: string[]): Promise<void> {
  const program = new Command("npm run experiments --")
    .description("Works with the experiments of DATABASE_URL, or of the embedded database.")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command");
  for (const make of makers) program.addCommand(make());
  if (args.length === 0) return program.outputHelp();
  await runProgram(program, args, "npm run experiments");
}
