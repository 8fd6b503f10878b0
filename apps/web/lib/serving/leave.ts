import { setTimeout as sleep } from "node:timers/promises";
import { later } from "@calcom/lib/outside-request";
import { closePorts } from "./close-ports";
import type { RequestWatch } from "./request-watch";
import { serving } from "./state";

export interface LeavingParts {
  watch: RequestWatch;
  /** How long requests are still taken, until balancers see that the server is not ready. */
  graceMs: number;
  /** Ends background work, so that other nodes need not wait for its leases. */
  stopJobs: () => Promise<unknown>;
  /** Closes what is left, once the last request was answered. */
  close: () => Promise<unknown>;
  log: {
    info(message: string, facts?: Record<string, unknown>): void;
    warn(message: string, facts?: Record<string, unknown>): void;
  };
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** Balancers, Docker and our own commands kill what is still there ten seconds after it was told to end. */
const ANSWER_WITHIN_MS = 8_000;
const EXIT_WITHIN_MS = 9_500;
/** Whoever has asked for nothing for so long has seen that the server is not ready. */
const UNASKED_MS = 250;
/** How much longer those who still ask are waited for: a busy balancer, or clients without one. */
const STILL_ASKED_MS = 2_000;
const CLOSE_WITHIN_MS = 6_000;

/**
 * Takes the signals over from Next, which would close the port at once and wait for busy connections without end. Call
 * it when Next has set its own handlers, as it has when it registers the instrumentation.
 */
export function leaveOnSignal(parts: LeavingParts): void {
  const handlers = new Set<NodeJS.SignalsListener>();
  for (const signal of SIGNALS) {
    for (const handler of process.listeners(signal)) handlers.add(handler as NodeJS.SignalsListener);
    process.removeAllListeners(signal);
    // A second one changes nothing: npm and a terminal both send it to the whole group.
    process.on(signal, () => void leave(parts, () => callAll(handlers)));
  }
}

/** Next's own end: it closes the port, waits for the last connection and for `after`, and exits. */
function callAll(handlers: Iterable<NodeJS.SignalsListener>): void {
  for (const handler of handlers) handler("SIGTERM");
}

async function leave(
  { watch, graceMs, stopJobs, close, log }: LeavingParts,
  endNext: () => void,
): Promise<void> {
  if (serving.isLeaving) return;
  serving.isLeaving = true;
  const leftAt = performance.now();
  const exit = process.exit.bind(process);
  later(() => {
    log.warn("The server was ended with work under way.", { requests: watch.count });
    exit(1);
  }, EXIT_WITHIN_MS);
  // Next calls it when its own work is done. Ours comes after: what runs after an answer needs the database.
  process.exit = (() => {
    process.exit = exit;
    void close()
      .catch((error: unknown) => log.warn("The server could not close everything.", { error }))
      .then(() => exit(0));
  }) as typeof process.exit;

  log.info("The server is told to end: it answers what is under way.", { requests: watch.count });
  watch.leave();
  void stopJobs().catch((error: unknown) => log.warn("Background work did not end.", { error }));
  await sleep(graceMs);
  const closeBy = leftAt + Math.min(graceMs + STILL_ASKED_MS, CLOSE_WITHIN_MS);
  while (watch.quietMs < UNASKED_MS && performance.now() < closeBy) await sleep(20);
  await closePorts([...watch.servers], endNext);
  const closedAt = performance.now();
  const isBusy = () => watch.count > 0 || Math.min(watch.quietMs, performance.now() - closedAt) < UNASKED_MS;
  while (isBusy() && performance.now() - leftAt < ANSWER_WITHIN_MS) await sleep(20);
  // What is left are connections on which nobody asks any more.
  for (const server of watch.servers) server.closeAllConnections();
  if (watch.servers.size === 0) process.exit();
}
