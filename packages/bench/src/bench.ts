import fs from "node:fs";
import { parseArgs } from "node:util";
import { coalescedVsSingle } from "./assign/coalesced";
import { httpBenchmarks } from "./assign/http";
import { type Benchmark, type Report, reportOf } from "./benchmark";
import { clientBenchmarks } from "./client/benchmarks";
import { decideBenchmarks } from "./decide/benchmarks";
import { ssrFiveExperiments } from "./render/five-experiments";
import { listOf5000 } from "./render/list-of-5000";
import { resultsBenchmarks } from "./results/benchmarks";
import { statisticsOneMetric } from "./statistics/one-metric";
import { Workbench } from "./workbench";

const benchmarks: Benchmark[] = [
  ...decideBenchmarks,
  coalescedVsSingle,
  ...httpBenchmarks,
  ssrFiveExperiments,
  listOf5000,
  ...clientBenchmarks,
  statisticsOneMetric,
  ...resultsBenchmarks,
];

/** `npm run bench [-- --only ID,ID] [--json FILE] [--strict]`: each figure beside its peer, in one run. */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      json: { type: "string" },
      strict: { type: "boolean", default: false },
    },
  });
  const only = values.only?.split(",");
  const unknown = only?.find((name) => !benchmarks.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new RangeError(
      `There is no benchmark ${unknown}; there are ${benchmarks.map(({ id }) => id).join(", ")}.`,
    );
  const chosen = benchmarks.filter(({ id }) => only === undefined || only.includes(id));
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
  if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  if (values.strict && reports.some(({ met }) => !met)) process.exitCode = 1;
}

function lineOf({ id, name, ours, anchor, ratio, goal, met }: Report): string {
  return `${met ? "met   " : "MISSED"}  ${id.padEnd(30)} ${String(ratio).padStart(7)}  goal ${goal.padEnd(7)}  ours ${ours}, anchor ${anchor}\n    ${name}`;
}
