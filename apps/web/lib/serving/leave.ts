import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { later } from "@calcom/lib/outside-request";
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
/** A connection that was made by now has asked by then. */
const QUIET_MS = 50;
const QUIET_WITHIN_MS = 500;

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
  const isBusy = () => watch.count > 0 || watch.quietMs < UNASKED_MS;
  while (isBusy() && performance.now() - leftAt < ANSWER_WITHIN_MS) await sleep(20);
  // What is left are connections on which nobody asks any more.
  for (const server of watch.servers) server.closeAllConnections();
  if (watch.servers.size === 0) process.exit();
}

/**
 * Connections that the kernel has taken and we have not yet are reset when the port closes, and so is a busy one in the
 * moment between two requests. So requests are held for a moment: whoever waits for an answer asks for nothing new, and
 * once nobody comes any more the port is closed, and those that were held are answered.
 */
async function closePorts(servers: Server[], close: () => void): Promise<void> {
  let cameAt = performance.now();
  const onCome = () => {
    cameAt = performance.now();
  };
  const releases = servers.map((server) => hold(server, onCome));
  const since = performance.now();
  // Node would close with the port whatever connection waits for its next request, also where that is on its way.
  for (const server of servers) server.closeIdleConnections = () => {};
  while (performance.now() - cameAt < QUIET_MS && performance.now() - since < QUIET_WITHIN_MS) await sleep(5);
  close();
  for (const release of releases) release();
}

/** Keeps a server's requests until the function that it returns is called. */
function hold(server: Server, onCome: () => void): () => void {
  type Listener = (request: IncomingMessage, response: ServerResponse) => void;
  const listeners = server.listeners("request") as Listener[];
  const held: Parameters<Listener>[] = [];
  const keep: Listener = (...request) => {
    onCome();
    held.push(request);
  };
  server.removeAllListeners("request");
  server.on("request", keep);
  server.on("connection", onCome);
  return () => {
    server.off("connection", onCome);
    server.off("request", keep);
    for (const listener of listeners) server.on("request", listener);
    for (const request of held) server.emit("request", ...request);
  };
}
