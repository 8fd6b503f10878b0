import { loadCommand } from "./chaos/load/command";
import { runProgram } from "./lib/run-program";

/** `npm run load`: how much one node answers on this machine. */
export async function load(args: string[]): Promise<void> {
  await runProgram(loadCommand().name("npm run load --"), args, "npm run load -- --help");
}
