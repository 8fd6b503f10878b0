import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import type pg from "pg";
import { openDatabaseToRead } from "../../lib/app-database";
import { METRICS_FILE } from "../../lib/application-metrics";
import { loadDotEnv } from "../../lib/dot-env";
import { Random } from "../engine/internals";
import { registryOf } from "../metrics";
import { wholeNumber } from "../options";
import { readOutcomes } from "./read";
import { type AaFigure, figuresOf, wordsOf } from "./report";
import { splitAgain } from "./splits";

interface Options {
  metric?: string[];
  salts: number;
  subjects: number;
  seed: number;
  metrics: string;
  json?: boolean;
}

export const aaCommand = (): Command =>
  new Command("aa")
    .summary("split the subjects of an experiment anew, many times, and count false positives")
    .description(
      "Takes what the subjects of an experiment did, gives them variants by other salts, and counts how often a metric " +
        "then differs: nothing was done to anybody, so that about one in twenty should. Reads only, and the replica where " +
        "DATABASE_REPLICA_URL names one. Exits with code 1 where a metric is found different too often, or too seldom.",
    )
    .argument("<slug>", "the experiment")
    .option("--metric <key...>", "metrics other than the experiment's")
    .option("--salts <number>", "how many splits to draw", wholeNumber, 1_000)
    .option("--subjects <number>", "how many subjects at most", wholeNumber, 20_000)
    .option("--seed <number>", "other salts", wholeNumber, 1)
    .option("--metrics <file>", "the module that defines the metrics", METRICS_FILE)
    .option("--json", "print the figures as JSON")
    .action(async (slug: string, options: Options) => {
      if (options.salts < 1 || options.subjects < 1)
        throw new ScriptError("Split at least once, and at least one subject.");
      loadDotEnv();
      const opened = await openDatabaseToRead({ isReplicaEnough: true });
      const database = createDatabase({ connectionString: opened.url, max: 1, queryTimeoutMs: 120_000 });
      try {
        const { subjects, figures } = await tested(database.pool, slug, options);
        console.log(
          options.json
            ? JSON.stringify({ slug, subjects, salts: options.salts, figures }, null, 2)
            : wordsOf(slug, subjects, options.salts, figures),
        );
        if (figures.some(({ met }) => met === false)) process.exitCode = 1;
      } finally {
        await database.close();
        await opened.stop();
      }
    });

/** @throws ScriptError where there is nothing to be split */
export async function tested(
  pool: pg.Pool,
  slug: string,
  { metric, salts, subjects: most, seed, metrics: file }: Options,
): Promise<{ subjects: number; figures: AaFigure[] }> {
  const { config, metrics, subjects } = await readOutcomes(pool, slug, {
    registry: await registryOf(file),
    keys: metric ?? null,
    most,
  });
  const bar = new SingleBar({ format: "{bar} {value}/{total} splits", stream: process.stderr });
  bar.start(salts, 0);
  try {
    const splits = splitAgain(subjects, metrics, config, {
      count: salts,
      random: new Random(seed),
      onSplit: () => bar.increment(),
    });
    return {
      subjects: subjects.length,
      figures: figuresOf(
        splits,
        metrics.map(({ key }) => key),
      ),
    };
  } finally {
    bar.stop();
  }
}
