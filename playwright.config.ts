import { defineConfig } from "@playwright/test";
import { leftOutTags, leftOutTests } from "./packages/lib/env-of-tests";
import { findChromium } from "./packages/scripts/src/lib/chromium";

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

export default defineConfig({
  testDir: "apps/web/playwright",
  testMatch: "**/*.e2e.ts",
  testIgnore: leftOutTests(),
  grepInvert: leftOutTags(),
  outputDir: "test-results",
  // Server code runs in the tests' process too: the root's paths know `server-only`.
  tsconfig: "./tsconfig.json",
  globalSetup: "./apps/web/playwright/support/global-setup.ts",
  workers: 3,
  // A shared machine of CI may stall for seconds. What passes at its second try is named in the report.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  // Generous: how long a page takes is measured elsewhere, and a test that hangs still ends.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording costs each test a third of its time: in CI the second try is recorded, else what failed.
    trace: process.env.CI === undefined ? "retain-on-failure" : "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet,
    },
  },
});
