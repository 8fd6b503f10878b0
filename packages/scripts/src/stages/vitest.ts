import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { bin } from "../lib/paths";
import { runNode } from "../lib/processes";
import type { Stage, StageResult } from "./stage";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

export const unit: Stage = { name: "unit", run: (filters) => runVitest("unit", filters) };

export const integration: Stage = {
  name: "integration",
  run: (filters) => runVitest("integration*", filters),
};

async function runVitest(project: string, filters: string[]): Promise<StageResult> {
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
      ...filters,
    ]);
    if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0, report: output };
    return { ...count(file, code), report: code === 0 ? "" : output };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function count(file: string, code: number): Omit<StageResult, "report"> {
  const report = reportSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  // A file that cannot even be loaded has no test that could fail.
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    // No test at all, or an error outside of any.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
