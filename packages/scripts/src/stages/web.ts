import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { findOrInstallChromium } from "../lib/chromium";
import { bin } from "../lib/paths";
import { runNode } from "../lib/processes";
import { buildWeb } from "../lib/web-build";
import { type Stage, type StageResult, single } from "./stage";

export const build: Stage = {
  name: "build",
  async run() {
    await buildWeb();
    return single(0, "");
  },
};

interface Suite {
  file: string;
  suites?: Suite[] | undefined;
  specs: { tests: { results: { duration: number }[] }[] }[];
}

const suiteSchema: z.ZodType<Suite> = z.object({
  file: z.string(),
  suites: z.lazy(() => z.array(suiteSchema)).optional(),
  specs: z.array(
    z.object({ tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })) }),
  ),
});

const reportSchema = z.object({
  suites: z.array(suiteSchema),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

export const e2e: Stage = {
  name: "e2e",
  async run(filters) {
    const chromium = findOrInstallChromium();
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-playwright-"));
    const file = path.join(dir, "report.json");
    try {
      const { code, output } = await runNode(
        [bin("@playwright/test/cli.js"), "test", "--reporter=line,json", ...filters],
        {
          env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
        },
      );
      if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0, report: output };
      const result = count(file, code);
      // Also where a test has passed at its second try, so that somebody looks at it.
      return { ...result, report: code === 0 && !output.includes("flaky") ? "" : output };
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  },
};

function count(file: string, code: number): Omit<StageResult, "report"> {
  const { stats, suites } = reportSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  const failed = stats.unexpected;
  return {
    passed: stats.expected + stats.flaky,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: stats.skipped,
    times: suites.map((suite) => ({ file: suite.file, seconds: millisecondsOf(suite) / 1_000 })),
  };
}

function millisecondsOf({ specs, suites = [] }: Suite): number {
  const own = specs.flatMap(({ tests }) =>
    tests.flatMap(({ results }) => results.map(({ duration }) => duration)),
  );
  return [...own, ...suites.map(millisecondsOf)].reduce((total, one) => total + one, 0);
}
