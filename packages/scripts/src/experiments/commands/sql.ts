import { createStatements, ExperimentError } from "@calcom/features/experiments/server";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { Command } from "commander";
import { openDatabaseToRead } from "../../lib/app-database";
import { METRICS_FILE, readMetrics } from "../../lib/application-metrics";
import { loadDotEnv } from "../../lib/dot-env";

interface Options {
  metrics: string;
}

export const sqlCommand = (): Command =>
  new Command("sql")
    .summary("print the statement that counts an experiment")
    .description(
      "Prints what a recount of the experiment would run now, with its parameters: a script for psql that answers one row " +
        "and changes nothing. A draft has one too. `npm run --silent experiments -- sql <slug> > recount.sql` writes it " +
        "into a file. What a receipt was made with is in the receipt: see verify.",
    )
    .argument("<slug>", "the experiment")
    .option("--metrics <file>", "the module that defines the metrics", METRICS_FILE)
    .action(async (slug: string, { metrics }: Options) => console.log(await scriptOf(slug, metrics)));

async function scriptOf(slug: string, file: string): Promise<string> {
  loadDotEnv();
  const { metrics, sources } = await readMetrics(file);
  const opened = await openDatabaseToRead();
  const database = createDatabase({ connectionString: opened.url, max: 1 });
  try {
    return await createStatements(database.pool, metrics, sources).writeScript(slug);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new ScriptError(error.message, { cause: error });
  } finally {
    await database.close();
    await opened.stop();
  }
}
