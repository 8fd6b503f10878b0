import {
  createVerification,
  ExperimentError,
  tellVerification,
  type Verification,
} from "@calcom/features/experiments/server";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { Command } from "commander";
import { openDatabaseToRead } from "../../lib/app-database";
import { loadDotEnv } from "../../lib/dot-env";

export const verifyCommand = (): Command =>
  new Command("verify")
    .summary("compute the result of a concluded experiment again and compare it with its receipt")
    .description(
      "Asks the statement of the receipt again and hashes the rows that it rests on. Exits with code 1 where anything " +
        "differs, and says what. Subjects that were erased since are named: their erasure alone changes no number.",
    )
    .argument("<slug>", "the experiment")
    .option("--json", "print the outcome as JSON")
    .action(async (slug: string, { json }: { json?: boolean }) => {
      const verification = await verified(slug);
      console.log(json ? JSON.stringify(verification, null, 2) : tellVerification(verification));
      if (!verification.matches) process.exitCode = 1;
    });

async function verified(slug: string): Promise<Verification> {
  loadDotEnv();
  const opened = await openDatabaseToRead();
  const database = createDatabase({ connectionString: opened.url, max: 2 });
  try {
    return await createVerification(database.pool).verify(slug);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new ScriptError(error.message, { cause: error });
  } finally {
    await database.close();
    await opened.stop();
  }
}
