import path from "node:path";
import { root } from "../lib/paths";
import { runNode } from "../lib/processes";
import type { Stage } from "./stage";

/** A command of ours that prints a line for each thing that it judges: `met`, `MISSED` or `left out`. */
export function judgedBy(name: string): Stage {
  return {
    name,
    async run() {
      const { code, output } = await runNode([path.join(root, "packages/scripts/run.mjs"), name, "--quick"]);
      const count = (word: string) => output.split("\n").filter((line) => line.startsWith(`${word} `)).length;
      const [passed, missed, skipped] = [count("met"), count("MISSED"), count("left out")];
      // Where it broke before there were figures, that is the failure.
      const failed = code !== 0 && missed === 0 ? 1 : missed;
      return { passed, failed, skipped, report: failed === 0 ? "" : output };
    },
  };
}
