import { ScriptError } from "@calcom/lib/script-error";
import { type Command, CommanderError } from "commander";

/**
 * Runs a program of several commands. Arguments that it does not understand become one sentence that says how to ask
 * for help; commander itself would print an error and end the process.
 */
export async function runProgram(program: Command, args: string[], helpCommand: string): Promise<void> {
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ outputError: () => {} });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help was asked for, and shown.
    if (error.exitCode === 0) return;
    const message = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    throw new ScriptError(`${message}\n\`${helpCommand}\` shows what there is.`, { cause: error });
  }
}
