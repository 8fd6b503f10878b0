import { defineConfig } from "vitest/config";
import config from "../../../vitest.config";

// Of the repository's tests those that know what is mutated, without a database.
const projects = config.test?.projects ?? [];
const unit = projects.find((one) => typeof one === "object" && "test" in one && one.test?.name === "unit");
if (unit === undefined || typeof unit !== "object" || !("test" in unit))
  throw new Error("No project is named unit.");

export default defineConfig({
  ...unit,
  test: {
    ...unit.test,
    retry: 0,
    include: [
      "packages/features/experiments/{utils,lib/conditions}/**/*.test.ts",
      "packages/features/experiments/lib/targeting.test.ts",
      "packages/statistics/src/**/*.test.ts",
    ],
  },
});
