// `npm run mutate`: breaks the code of what decides and of what judges, one expression at a time, and names what no test
// notices. What was tried before, and has not changed since, is taken from `.stryker/incremental.json`.

import os from "node:os";
import path from "node:path";

const module = "packages/features/experiments";
const core = [
  `${module}/utils/{compile,decide,find-overlap,hash,overrides,variant-assignment}.ts`,
  `${module}/lib/targeting.ts`,
  `${module}/lib/conditions/*.ts`,
];
const statistics = ["packages/statistics/src/*.ts"];

export default {
  mutate: [...core, ...statistics, "!**/*.test.ts", "!**/index.ts"],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "packages/scripts/mutation/vitest.config.ts" },
  coverageAnalysis: "perTest",
  // Values of a module that is loaded: each of these mutants would run every test.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: ".stryker/incremental.json",
  concurrency: 1,
  // A busy machine that stands still for a moment has noticed nothing.
  timeoutMS: 120_000,
  // Not in the checkout, where the tests would be found twice.
  tempDirName: path.join(os.tmpdir(), "calcom-mutation"),
  ignorePatterns: ["apps", "docs", ".turbo", ".pack", ".data", "test-results", "prisma/generated"],
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  htmlReporter: { fileName: ".stryker/report.html" },
  jsonReporter: { fileName: ".stryker/report.json" },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 90, low: 75, break: 75 },
};
