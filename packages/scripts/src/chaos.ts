import { chaosCommand } from "./chaos/command";
import { runProgram } from "./lib/run-program";

/** `npm run chaos`: each fault that an installation meets, made on purpose. */
export async function chaos(args: string[]): Promise<void> {
  await runProgram(chaosCommand().name("npm run chaos --"), args, "npm run chaos -- --help");
}
