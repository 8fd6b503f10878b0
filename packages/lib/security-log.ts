import { logger } from "./logger";
import { later } from "./outside-request";
import { count } from "./telemetry";

/** What somebody may want to be told of, or to look for afterwards. */
export type SecurityEvent =
  | "sign_in"
  | "sign_in_failed"
  | "refused"
  | "preview_links_made"
  | "preview_links_revoked"
  | "report_link_made"
  | "report_link_revoked"
  | "person_not_found"
  | "export";

/** Those that went as they should. */
const IN_ORDER: ReadonlySet<SecurityEvent> = new Set([
  "sign_in",
  "preview_links_made",
  "preview_links_revoked",
  "report_link_made",
  "report_link_revoked",
  "export",
]);

const WINDOW_MS = 60_000;
/** Lines of one kind in a minute. What comes above is counted, and said in one line at the end of it. */
const MAX_LINES = 60;

interface Written {
  lines: number;
  leftOut: number;
}

// Pages, routes and the proxy each have an instance of this module; one process has one log.
const shared = globalThis as typeof globalThis & { calcomSecurityLog?: Map<SecurityEvent, Written> };
shared.calcomSecurityLog ??= new Map();
const written = shared.calcomSecurityLog;

/**
 * One line for each event, and never a flood of them: nobody can fill the log by guessing. `facts` have ids and names
 * of routes, and no address of mail, name or password of anybody.
 */
export function logSecurity(event: SecurityEvent, facts: Record<string, unknown> = {}): void {
  count("security.events", { event });
  const now = written.get(event) ?? begin(event);
  if (now.lines >= MAX_LINES) {
    now.leftOut += 1;
    return;
  }
  now.lines += 1;
  write(event, facts);
}

function begin(event: SecurityEvent): Written {
  const fresh = { lines: 0, leftOut: 0 };
  written.set(event, fresh);
  later(() => {
    written.delete(event);
    if (fresh.leftOut > 0) write(event, { leftOut: fresh.leftOut, seconds: WINDOW_MS / 1_000 });
  }, WINDOW_MS);
  return fresh;
}

function write(event: SecurityEvent, facts: Record<string, unknown>): void {
  if (IN_ORDER.has(event)) logger.info("security", { event, ...facts });
  else logger.warn("security", { event, ...facts });
}
