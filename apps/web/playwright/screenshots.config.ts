import { defineConfig } from "@playwright/test";
import base from "../../../playwright.config";

/** The same servers and the same browser, for taking pictures: `npm run screenshots`. */
export default defineConfig(base, {
  testDir: ".",
  testMatch: "**/*.shots.ts",
  // One of them takes a page in every size.
  timeout: 300_000,
  outputDir: "../../../test-results",
  tsconfig: "../../../tsconfig.json",
  globalSetup: "./support/global-setup.ts",
});
