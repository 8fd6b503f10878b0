import { EnvironmentError } from "@calcom/lib/env";
import { AppError } from "@calcom/lib/errors";
import { ScriptError } from "@calcom/lib/script-error";
import { MigrationError } from "@calcom/prisma/deploy";

type Command = (args: string[]) => Promise<void>;

const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./start")).start,
  dev: async () => (await import("./dev")).dev,
  test: async () => (await import("./test")).test,
  check: async () => (await import("./check")).check,
  bench: async () => (await import("@calcom/bench")).bench,
  experiments: async () => (await import("./experiments/command")).experimentsCommand,
  simulate: async () => (await import("./simulate")).simulate,
  screenshots: async () => (await import("./screenshots")).screenshots,
  "create-admin": async () => (await import("./create-admin")).createAdminCommand,
  generate: async () => async () => console.log("The Prisma client is up to date."),
};

/** Runs a command. A foreseen failure is one sentence and exit code 1; any other keeps its stack. */
export async function main([name = "", ...args]: string[]): Promise<void> {
  const load = commands[name];
  if (load === undefined) {
    throw new ScriptError(`There is no command "${name}"; there are ${Object.keys(commands).join(", ")}.`);
  }
  try {
    const command = await load();
    await command(args);
  } catch (error) {
    const isForeseen = [ScriptError, AppError, EnvironmentError, MigrationError].some(
      (type) => error instanceof type,
    );
    console.error(isForeseen && error instanceof Error ? sentenceOf(error) : error);
    process.exitCode = 1;
  }
}

function sentenceOf(error: Error): string {
  const field = error instanceof AppError ? error.field : undefined;
  return field === undefined ? error.message : `${field}: ${error.message}`;
}
