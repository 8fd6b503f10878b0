import { Command } from "commander";
import { runProgram } from "../lib/run-program";
import { bundleImage } from "./bundle";
import { tryImage } from "./try-image";

/** `npm run image`: what the Dockerfile needs, and a trial of it. */
export async function imageCommand(args: string[]): Promise<void> {
  const program = new Command("npm run image --").description(
    "Builds and tries the content of the Docker image.",
  );
  program
    .command("bundle")
    .description("puts the standalone build and the migrations into .image; a step of the Dockerfile")
    .action(bundleImage);
  program
    .command("try")
    .description("carries out the Dockerfile's steps in a clean folder, serves the result and requests pages")
    .action(tryImage);
  await runProgram(program, args, "npm run image -- --help");
}
