import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { bin, root } from "../lib/paths";
import { installPgbouncerOnCi } from "../lib/pgbouncer";
import { runNode } from "../lib/processes";
import { runTurbo } from "../lib/turbo";
import type { Stage, StageResult } from "./stage";
import { readReport } from "./vitest-report";

/** Each run of Vitest keeps all cores busy by itself; a second one fills the gaps at its start and its end. */
const atOnce = ["--concurrency=2"];

/** One more than there are cores: while one waits for its database, the others go on. */
const workersThatWait = Math.max(2, os.availableParallelism()) + 1;

/** Each package by itself, so that those where nothing has changed come from the cache; some files in one run. */
export const unit: Stage = {
  name: "unit",
  async run(filters) {
    if (filters.length > 0) return runVitest("unit*", filters);
    // A report that an earlier run has left would count for one that broke before its own.
    for (const file of unitReports()) fs.rmSync(file);
    const { code, output } = await runTurbo(["test", ...atOnce, "--continue", "--output-logs=errors-only"]);
    const counts = unitReports().map((file) => readReport(file, 0));
    const sum = (key: "passed" | "failed" | "skipped") => counts.reduce((total, one) => total + one[key], 0);
    const failed = sum("failed");
    return {
      passed: sum("passed"),
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: sum("skipped"),
      report: code === 0 ? "" : [output, ...counts.flatMap(({ report }) => report)].join("\n"),
      times: counts.flatMap(({ times }) => times),
    };
  },
};

export const integration: Stage = {
  name: "integration",
  async run(filters) {
    installPgbouncerOnCi();
    return runVitest("integration*", filters, [`--maxWorkers=${workersThatWait}`]);
  },
};

/** What the task "test" of each package writes. */
function unitReports(): string[] {
  return ["apps", "packages"]
    .flatMap((dir) => fs.readdirSync(path.join(root, dir)).map((name) => path.join(root, dir, name)))
    .map((dir) => path.join(dir, ".vitest/unit.json"))
    .filter((file) => fs.existsSync(file));
}

async function runVitest(project: string, filters: string[], options: string[] = []): Promise<StageResult> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-vitest-"));
  const file = path.join(dir, "report.json");
  try {
    const { code, output } = await runNode([
      bin("vitest/vitest.mjs"),
      "run",
      "--project",
      project,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...options,
      ...filters,
    ]);
    if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0, report: output };
    const result = readReport(file, code);
    return { ...result, report: code === 0 ? "" : [output, ...result.report].join("\n") };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}
