import { drift } from "./stages/drift";
import { runStages } from "./stages/run-stages";
import { dependencies, lint, types } from "./stages/static";

/** `npm run check`: what needs neither a build nor a browser, in under half a minute. */
export async function check(): Promise<void> {
  await runStages([[lint, types, dependencies, drift]], []);
}
