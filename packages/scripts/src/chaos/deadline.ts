import { later } from "@calcom/lib/outside-request";
import { ScriptError } from "@calcom/lib/script-error";
import { within } from "@calcom/lib/within";

/** Waits for what breaks things or is broken, and no longer than it may take: then a sentence says what was waited for. */
export function inSeconds<Answer>(seconds: number, what: string, work: Promise<Answer>): Promise<Answer> {
  return within(1_000 * seconds, work, () => new ScriptError(`${what} took longer than ${seconds} s.`));
}

/** A command that has said its last word ends. What would keep it alive is named, and not waited for. */
export function endInSeconds(seconds: number): void {
  later(() => {
    console.error(`Something was left open: ${process.getActiveResourcesInfo().join(", ")}.`);
    process.exit(1);
  }, 1_000 * seconds);
}
