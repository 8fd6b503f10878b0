import { EnvironmentError } from "@calcom/lib/env";
import { AppError } from "@calcom/lib/errors";
import { ScriptError } from "@calcom/lib/script-error";
import { MigrationError } from "@calcom/prisma/deploy";

const foreseen = [ScriptError, AppError, EnvironmentError, MigrationError];

/** Runs a command. A foreseen failure is one sentence and exit code 1; any other keeps its stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const isForeseen = foreseen.some((type) => error instanceof type);
    console.error(isForeseen && error instanceof Error ? sentenceOf(error) : error);
    process.exitCode = 1;
  }
}

function sentenceOf(error: Error): string {
  const field = error instanceof AppError ? error.field : undefined;
  return field === undefined ? error.message : `${field}: ${error.message}`;
}
