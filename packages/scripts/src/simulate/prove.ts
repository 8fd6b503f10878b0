import fs from "node:fs";
import { ScriptError } from "@calcom/lib/script-error";
import { MultiBar, type SingleBar } from "cli-progress";
import { Command } from "commander";
import { formatTable } from "./check-table";
import { databaseChecks } from "./database/database-checks";
import type { Check } from "./engine/check";
import { engineChecks } from "./engine/engine-checks";
import { gridChecks } from "./grid/grid-checks";
import { wholeNumber } from "./options";

interface Options {
  quick: boolean;
  seed: number;
  only?: string;
  json?: string;
  cells?: string;
  runs?: number;
  table?: string;
}

type Part = (options: {
  quick: boolean;
  seed: number;
  /** For the grid. */
  pattern?: string;
  runs?: number;
  onTable?: (table: string) => void;
  onProgress: (done: number, all: number, next: string) => void;
}) => Promise<Check[]>;

const parts: Record<string, Part> = { engine: engineChecks, grid: gridChecks, database: databaseChecks };

/** What runs where no other command is named. */
export const proveCommand = (): Command =>
  new Command("prove")
    .summary("hold the statistics to data whose truth is known")
    .description(
      "Draws experiments whose truth is known, for the statistics engine alone, on a grid of metrics × splits × modes, and " +
        "through the real code on a throw-away database, and holds what is said of them to what is true. Exits with code 1 where a figure lies outside its bounds.",
    )
    .option("--quick", "a tenth of the runs, with wider bounds", false)
    .option("--only <part>", `one part: ${Object.keys(parts).join(" or ")}`)
    .option("--json <file>", "write the figures to a file too")
    .option("--cells <pattern>", "of the grid, the cells whose names match, such as ^price-1_95/5")
    .option("--runs <number>", "of the grid, runs without an effect per cell", wholeNumber)
    .option("--table <file>", "write the grid's table to a file too, in Markdown")
    .option("--seed <number>", "draws other data; the same seed gives the same figures", wholeNumber, 1)
    .action(async ({ json, ...options }: Options) => {
      const checks = await proved(options);
      console.log(formatTable(checks));
      if (json !== undefined)
        fs.writeFileSync(json, `${JSON.stringify({ checks: checks.map(rowOf) }, null, 2)}\n`);
      if (checks.some(({ met }) => !met)) process.exitCode = 1;
    });

/** The checks of all parts, or of one. */
export async function proved({
  quick,
  seed,
  only,
  cells,
  runs,
  table,
}: Omit<Options, "json">): Promise<Check[]> {
  const names = Object.keys(parts).filter((name) => only === undefined || name === only);
  if (names.length === 0)
    throw new ScriptError(`There is no part ${only}; there are ${Object.keys(parts).join(" and ")}.`);
  const bars = new MultiBar({ format: "{bar} {value}/{total} {name}: {step}", stream: process.stderr });
  const run = async (name: string): Promise<Check[]> => {
    let bar: SingleBar | undefined;
    return (parts[name] as Part)({
      quick,
      seed,
      pattern: cells,
      runs,
      onTable: (markdown) => {
        if (table !== undefined) fs.writeFileSync(table, `${markdown}\n`);
        else if (only === "grid") console.log(`${markdown}\n`);
      },
      onProgress(done, all, step) {
        bar ??= bars.create(all, done, { name, step });
        bar.update(done, { step });
      },
    });
  };
  try {
    // The grid keeps all cores busy but for its last cells, and the database waits more than it computes.
    const beside = names.filter((name) => name !== "grid").map((name) => () => run(name));
    const [grid, others] = await Promise.all([names.includes("grid") ? run("grid") : [], runInTurn(beside)]);
    return [...others, ...grid];
  } finally {
    bars.stop();
  }
}

async function runInTurn<Found>(works: readonly (() => Promise<Found[]>)[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const work of works) found.push(...(await work()));
  return found;
}

function rowOf({ id, value, low, high, met }: Check): Omit<Check, "name"> {
  return { id, value, low, high, met };
}
