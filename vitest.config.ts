import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { leftOutTests } from "./packages/lib/env-of-tests.ts";
import { trackerSettings } from "./packages/lib/env-of-trackers.ts";

const shared = {
  resolve: {
    alias: {
      "@": new URL("./apps/web", import.meta.url).pathname,
      "server-only": new URL("./node_modules/server-only/empty.js", import.meta.url).pathname,
    },
  },
};
// Set over whatever the shell says: no test ever reaches DATABASE_URL's data. Integration tests get their own from
// testDatabase().
const env = {
  DATABASE_URL: "postgresql://nobody@database.invalid/none",
  DATABASE_DIRECT_URL: "",
  DATABASE_REPLICA_URL: "",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "nextauth-secret-of-the-tests-0123456789",
  VISITOR_COOKIE_SECRET: "visitor-secret-of-the-tests-0123456789",
  PREVIEW_SECRET: "preview-secret-of-the-tests-0123456789",
  ...Object.fromEntries(trackerSettings.map((name) => [name, ""])),
  CONSENT_MODE: "",
  TRUSTED_PROXIES: "",
  LOG_LEVEL: "silent",
};
const common = {
  // A shared machine of CI may stall for seconds; a test that fails twice is no accident.
  retry: process.env.CI === undefined ? 0 : 1,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  // No test measures time by these: they end one that hangs. Properties run hundreds of cases, and a machine of CI that
  // is shared takes several times as long as one at a desk.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
};
const outside = ["**/node_modules/**", "**/.next/**", "**/.data/**", ...leftOutTests()];

const unit = {
  include: ["{apps,packages,prisma}/**/*.test.{ts,tsx}"],
  exclude: [...outside, "**/*.integration.test.{ts,tsx}"],
  env,
  ...common,
};
const withDocument = ["{apps,packages}/**/*.test.tsx", "{apps,packages}/**/*.dom.test.ts"];
const components = ["packages/features/*/components/**/*.test.tsx"];
const inDocument = { ...unit, environment: "jsdom", setupFiles: ["packages/lib/testing/dom.ts"] };

const integration = {
  include: ["{apps,packages,prisma}/**/*.integration.test.{ts,tsx}"],
  exclude: outside,
  globalSetup: ["prisma/testing/global-setup.ts"],
  // A busy machine is no outage.
  env: { ...env, DECISION_BUDGET_MS: "10000" },
  ...common,
};
/** Of these the process has one of each, on the database of its environment: as the application calls them. */
const throughTheDoors = [
  "{apps,packages/trpc,packages/features/*/examples}/**/*.integration.test.{ts,tsx}",
  "packages/features/billing/upgrade-conversion.integration.test.ts",
];

export default defineConfig({
  test: {
    passWithNoTests: false,
    // By default one core is left idle: on a machine of two that is half of it.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      // Half the time, since what all files import is loaded once for each worker. What a test changes of a module, of
      // globals or of the environment is put back after it, or by the test.
      {
        ...shared,
        test: { ...unit, name: "unit", isolate: false, exclude: [...unit.exclude, ...withDocument] },
      },
      // These remember nothing outside of the document, which each file has for itself.
      {
        ...shared,
        test: { ...inDocument, name: "unit-components", isolate: false, include: components },
      },
      // Hooks and their client remember answers, and listen to the window in which they were loaded.
      {
        ...shared,
        test: {
          ...inDocument,
          name: "unit-dom",
          include: withDocument,
          exclude: [...unit.exclude, ...components],
        },
      },
      {
        ...shared,
        test: {
          ...integration,
          name: "integration",
          // They make all that they use on a database of their own, so that a worker need not load everything anew.
          isolate: false,
          exclude: [...outside, ...throughTheDoors],
        },
      },
      { ...shared, test: { ...integration, name: "integration-doors", include: throughTheDoors } },
    ],
  },
});
