import fs from "node:fs";
import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError } from "commander";
import { type Check, engineChecks } from "./simulate/engine/engine-checks";

/**
 * `npm run simulate [-- --quick] [--json FILE] [--seed N]`: experiments whose truth is known, and what the engine says of
 * them. Exit code 1 where a figure lies outside its bounds.
 */
export async function simulate(args: string[]): Promise<void> {
  const command = new Command("simulate")
    .description("Proves the statistics engine with data whose truth is known.")
    .option("--quick", "a tenth of the runs, with bounds as much wider", false)
    .option("--json <file>", "writes the figures to a file too")
    .option("--seed <number>", "other draws; the same seed gives the same figures", wholeNumber, 1);
  command.parse(args, { from: "user" });
  const { quick, json, seed } = command.opts<{ quick: boolean; json?: string; seed: number }>();

  const bar = new SingleBar({ format: "{bar} {value}/{total} {group}", stream: process.stderr });
  let isStarted = false;
  const checks = await engineChecks({
    quick,
    seed,
    onProgress(done, all, group) {
      if (isStarted) bar.update(done, { group });
      else bar.start(all, done, { group });
      isStarted = true;
    },
  });
  bar.stop();
  console.log(tableOf(checks));
  if (json !== undefined)
    fs.writeFileSync(json, `${JSON.stringify({ checks: checks.map(rowOf) }, null, 2)}\n`);
  if (checks.some(({ met }) => !met)) process.exitCode = 1;
}

function rowOf({ id, value, low, high, met }: Check): Omit<Check, "name"> {
  return { id, value, low, high, met };
}

function tableOf(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(
    ({ id, name, value, low, high, met }) =>
      `${met ? "met   " : "MISSED"}  ${id.padEnd(width)}  ${figure(value)}  in ${figure(low)} to ${figure(high)}  ${name}`,
  );
  const missed = checks.filter(({ met }) => !met).length;
  return [
    ...lines,
    "",
    missed === 0 ? `All ${checks.length} are met.` : `${missed} of ${checks.length} are missed.`,
  ].join("\n");
}

function figure(value: number): string {
  return value.toFixed(4).padStart(7);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError("It is no whole number from 0 on.");
  return number;
}
