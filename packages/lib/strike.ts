import { logger } from "./logger";
import { later } from "./outside-request";
import { count } from "./telemetry";

const LINE_EVERY_MS = 60_000;

interface Struck {
  /** Refusals since the last line. */
  unsaid: number;
}

// Pages and routes each have an instance of this module; one process writes one line.
const shared = globalThis as typeof globalThis & { calcomStruckLimits?: Map<string, Struck> };
shared.calcomStruckLimits ??= new Map();
const struck = shared.calcomStruckLimits;

/**
 * Tells that a limit has refused somebody: each time by a metric, and in the log at once, and then once a minute with
 * how many it were. `facts` are those of the first: a flood must not become one of lines.
 *
 * @param limit one of few names, such as `auth.sign_in_account`: its first part names the metric
 */
export function strike(limit: string, facts: Record<string, unknown> = {}): void {
  const [scope, ...name] = limit.split(".");
  count(`${scope}.limits.refused`, { limit: name.join(".") });
  const known = struck.get(limit);
  if (known !== undefined) {
    known.unsaid += 1;
    return;
  }
  struck.set(limit, { unsaid: 0 });
  logger.warn("A limit refuses.", { limit, ...facts });
  later(() => sayAgain(limit), LINE_EVERY_MS);
}

function sayAgain(limit: string): void {
  const refused = struck.get(limit)?.unsaid ?? 0;
  if (refused === 0) {
    struck.delete(limit);
    return;
  }
  struck.set(limit, { unsaid: 0 });
  logger.warn("A limit goes on refusing.", { limit, refused, seconds: LINE_EVERY_MS / 1_000 });
  later(() => sayAgain(limit), LINE_EVERY_MS);
}
