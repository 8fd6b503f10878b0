import { defineConfig } from "vitest/config";

const shared = {
  resolve: {
    alias: {
      "@": new URL("./apps/web", import.meta.url).pathname,
      "server-only": new URL("./node_modules/server-only/empty.js", import.meta.url).pathname,
    },
  },
};
const outside = ["**/node_modules/**", "**/.next/**", "**/.data/**"];

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{apps,packages,prisma}/**/*.test.{ts,tsx}"],
          exclude: [...outside, "**/*.integration.test.{ts,tsx}"],
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["{apps,packages,prisma}/**/*.integration.test.{ts,tsx}"],
          exclude: outside,
          globalSetup: ["packages/scripts/src/testing/global-setup.ts"],
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
