import { runTurbo } from "../lib/turbo";
import { type Stage, single } from "./stage";

export const lint = turboStage("lint", ["lint", "lint:root"]);
export const types = turboStage("types", ["typecheck"]);
/** That layers look left, and that each package declares what it imports. */
export const dependencies = turboStage("deps", ["check:layers", "check:packages"]);

function turboStage(name: string, tasks: string[]): Stage {
  return {
    name,
    async run() {
      const { code, output } = await runTurbo([...tasks, "--continue", "--output-logs=errors-only"]);
      return single(code, output);
    },
  };
}
