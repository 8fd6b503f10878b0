import fs from "node:fs";
import { runProgram } from "@calcom/scripts/run-program";
import { Command, InvalidArgumentError } from "commander";
import { coalescedVsSingle } from "./assign/coalesced";
import { conversionsAfterMany } from "./assign/conversions";
import { httpBenchmarks } from "./assign/http";
import { recordingBenchmarks } from "./assign/recordings";
import { repeatVsRead } from "./assign/repeat";
import { senderBenchmarks } from "./assign/sender";
import { type Benchmark, formatTable, lineOf, type Report, reportOf } from "./benchmark";
import { clientBenchmarks } from "./client/benchmarks";
import { decideBenchmarks } from "./decide/benchmarks";
import { ssrFiveExperiments } from "./render/five-experiments";
import { landingBesideSignIns } from "./render/landing-beside-sign-ins";
import { listOf5000 } from "./render/list-of-5000";
import { listOf5000Flags } from "./render/list-of-5000-flags";
import { pagesBesideAMillion } from "./render/pages-beside-a-million";
import { resultsBenchmarks } from "./results/benchmarks";
import { statisticsOneMetric } from "./statistics/one-metric";
import { viewBenchmarks } from "./views/benchmarks";
import { Workbench } from "./workbench";

const benchmarks: Benchmark[] = [
  ...decideBenchmarks,
  coalescedVsSingle,
  conversionsAfterMany,
  ...recordingBenchmarks,
  repeatVsRead,
  ...senderBenchmarks,
  ...httpBenchmarks,
  ssrFiveExperiments,
  listOf5000,
  listOf5000Flags,
  landingBesideSignIns,
  pagesBesideAMillion,
  ...clientBenchmarks,
  statisticsOneMetric,
  ...viewBenchmarks,
  ...resultsBenchmarks,
];

interface Options {
  only?: Benchmark[];
  json?: string;
  table?: string;
  strict?: boolean;
}

/** `npm run bench [-- --only ID,ID] [--json FILE] [--table FILE] [--strict]`: each figure beside its peer, in one run. */
export async function bench(args: string[]): Promise<void> {
  const program = new Command("npm run bench --")
    .description("Measures each figure together with that of a peer, in one run.")
    .option("--only <ids>", `some of ${benchmarks.map(({ id }) => id).join(", ")}`, benchmarksIn)
    .option("--json <file>", "write the figures to a file")
    .option("--table <file>", "write them as a Markdown table")
    .option("--strict", "exit with code 1 if a goal is missed")
    .action(measure);
  await runProgram(program, args, "npm run bench -- --help");
}

function benchmarksIn(text: string): Benchmark[] {
  const names = text.split(",");
  const unknown = names.find((name) => !benchmarks.some(({ id }) => id === name));
  if (unknown === undefined) return benchmarks.filter(({ id }) => names.includes(id));
  throw new InvalidArgumentError(
    `There is no benchmark ${unknown}; there are ${benchmarks.map(({ id }) => id).join(", ")}.`,
  );
}

async function measure({ only: chosen = benchmarks, json, table, strict = false }: Options): Promise<void> {
  const workbench = new Workbench();
  const reports: Report[] = [];
  try {
    for (const benchmark of chosen) {
      const measurement = await benchmark.run(workbench);
      const report = reportOf(benchmark, measurement);
      reports.push(report);
      console.log(lineOf(report));
      for (const note of measurement.notes) console.log(`    ${note}`);
    }
  } finally {
    await workbench.close();
  }
  if (json !== undefined) fs.writeFileSync(json, `${JSON.stringify(reports, null, 2)}\n`);
  if (table !== undefined) fs.writeFileSync(table, formatTable(reports));
  if (strict && reports.some(({ met }) => !met)) process.exitCode = 1;
}
