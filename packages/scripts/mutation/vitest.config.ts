import { defineConfig } from "vitest/config";
import config from "../../../vitest.config";
import QuickestFirst from "./quickest-first.ts";

// Of the repository's tests those that know what is mutated, without a database.
const projects = config.test?.projects ?? [];
const unit = projects.find((one) => typeof one === "object" && "test" in one && one.test?.name === "unit");
if (unit === undefined || typeof unit !== "object" || !("test" in unit))
  throw new Error("No project is named unit.");

export default defineConfig({
  ...unit,
  resolve: {
    alias: {
      ...("resolve" in unit ? unit.resolve?.alias : {}),
      "@fast-check/vitest": new URL("./property.ts", import.meta.url).pathname,
    },
  },
  test: {
    ...unit.test,
    retry: 0,
    // Pure code, which is loaded once for a mutant.
    isolate: false,
    setupFiles: ["packages/scripts/mutation/short-properties.ts"],
    sequence: { sequencer: QuickestFirst },
    include: [
      "packages/features/experiments/utils/{compile,decide,differences,explain,find-overlap,hash,overrides,take-back,variant-assignment}.test.ts",
      "packages/features/experiments/lib/conditions/*.test.ts",
      "packages/features/experiments/lib/targeting.test.ts",
      "packages/statistics/src/**/*.test.ts",
    ],
    // Simulations take seconds for each mutant, and judge the method rather than the code.
    exclude: ["**/*.long.*", "**/agreement.test.ts", "**/segments-simulated.test.ts"],
  },
});
