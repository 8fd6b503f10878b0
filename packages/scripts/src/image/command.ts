import { Command } from "commander";
import { runProgram } from "../lib/run-program";
import { bundleImage } from "./bundle";
import { tryImage } from "./try-image";

/** `npm run image`: what the Dockerfile needs, and a trial of it. */
export async function imageCommand(args: string[]): Promise<void> {
  const program = new Command("npm run image --").description("Works for the image of the Dockerfile.");
  program
    .command("bundle")
    .description("puts the standalone build and the migrations into .image; a step of the Dockerfile")
    .action(bundleImage);
  program
    .command("try")
    .description("carries the Dockerfile's steps out in a clean folder, serves it and asks for pages")
    .action(tryImage);
  await runProgram(program, args, "npm run image -- --help");
}
