import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { root } from "../lib/paths";
import type { FileTime, StageResult } from "./stage";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

type FileResult = z.infer<typeof reportSchema>["testResults"][number];

interface Counted extends Omit<StageResult, "report" | "times"> {
  report: string[];
  times: FileTime[];
}

/** What a run of Vitest has written, and the names of what has failed. */
export function readReport(file: string, code: number): Counted {
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
    report: report.testResults.flatMap(namesOfFailures),
    times: report.testResults.map(({ name, startTime, endTime }) => ({
      file: path.relative(root, name),
      seconds: (endTime - startTime) / 1_000,
    })),
  };
}

/** Last in the report, since its end is what a log keeps of it. */
function namesOfFailures({ name, status, message, assertionResults }: FileResult): string[] {
  const file = path.relative(root, name);
  const failures = assertionResults.filter((test) => test.status === "failed");
  // It could not be loaded, or what it does before or after its tests failed.
  if (status === "failed" && failures.length === 0)
    return [`failed: ${file}, outside of its tests: ${message.split("\n")[0]}`];
  return failures.map(
    (test) => `failed: ${file}: ${test.fullName}: ${test.failureMessages[0]?.split("\n")[0] ?? ""}`,
  );
}
