import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";
import { bin } from "./paths";
import { type Finished, runNode } from "./processes";

/**
 * Runs tasks of turbo.json in every package that has them. What was done before with the same inputs comes from the
 * cache, its output too.
 */
export function runTurbo(args: string[]): Promise<Finished> {
  return runNode([bin("turbo/bin/turbo"), "run", ...args]);
}

const planSchema = z.object({ tasks: z.array(z.object({ taskId: z.string(), hash: z.string() })) });

/** The hash of all that a task depends on. */
export async function hashOf(taskId: string): Promise<string> {
  const [name = "", task = ""] = taskId.split("#");
  const { code, output } = await runTurbo([task, `--filter=${name}`, "--dry=json"]);
  if (code !== 0) throw new ScriptError(`Turborepo cannot plan ${taskId}:\n${output}`);
  // Warnings may stand before it.
  const plan = planSchema.parse(JSON.parse(output.slice(output.indexOf("{"))));
  const found = plan.tasks.find((one) => one.taskId === taskId);
  if (found === undefined) throw new ScriptError(`turbo.json has no task for ${taskId}.`);
  return found.hash;
}
