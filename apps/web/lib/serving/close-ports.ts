import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A connection that was made by now has asked by then. */
const QUIET_MS = 50;
const QUIET_WITHIN_MS = 500;

/**
 * Connections that the kernel has taken and we have not yet are reset when the port closes, and so is a busy one in the
 * moment between two requests. So requests are held for a moment: whoever waits for an answer asks for nothing new, and
 * once nobody comes any more the port is closed, and those that were held are answered.
 */
export async function closePorts(servers: Server[], close: () => void): Promise<void> {
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
