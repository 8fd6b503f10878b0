import { ScriptError } from "@calcom/lib/script-error";
import { Command } from "commander";
import { openAppDatabase } from "../../lib/app-database";
import { loadDotEnv } from "../../lib/dot-env";
import { wholeNumber } from "../options";
import { refuseByEnvironment, refuseRealPeople } from "./guard";
import { addRate, type TrafficOptions } from "./plan";
import { trafficOn } from "./traffic-on";

const MOST_SUBJECTS = 200_000;

export const trafficCommand = (): Command =>
  new Command("traffic")
    .summary("fill a running experiment of a demo with invented subjects")
    .description(
      "Invents visitors, users or teams, whatever the experiment is for, who ask for their variant, see it and convert by the " +
        "doors of the application. They can be told from real ones, and --undo removes them. For a database on this machine.",
    )
    .requiredOption("--experiment <slug>", "the experiment; it has to run")
    .option("--subjects <number>", "how many", wholeNumber, 1_000)
    .option("--rate <variant=share>", "the share that converts, for each variant", addRate)
    .option("--event <event>", "the event that they convert with; by default that of the primary metric")
    .option(
      "--days <number>",
      "date them back over so many days, and the experiment's start with them",
      wholeNumber,
      0,
    )
    .option("--seed <number>", "repeats the same draws", wholeNumber)
    .option("--undo", "remove the subjects that were invented for this experiment")
    .action(run);

async function run(given: Partial<TrafficOptions> & { experiment: string; undo?: boolean }): Promise<void> {
  const options = { subjects: 0, days: 0, rate: {}, ...given };
  if (options.subjects < 1 || options.subjects > MOST_SUBJECTS)
    throw new ScriptError(`Invent at least one subject, and at most ${MOST_SUBJECTS.toLocaleString("en")}.`);
  loadDotEnv();
  refuseByEnvironment(process.env);
  if (process.env.DATABASE_URL) await refuseRealPeople(process.env.DATABASE_URL);
  const opened = await openAppDatabase();
  try {
    await trafficOn(opened.url, options);
  } finally {
    await opened.stop();
  }
}
