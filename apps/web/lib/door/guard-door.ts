import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, type OutgoingHttpHeaders, type Server, ServerResponse } from "node:http";
import { type DoorSettings, finishHeaders } from "./answer-headers";
import { REQUEST_POLICIES } from "./content-policy";

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Next renders a page for any method, and makes a `Request` of each, which TRACE cannot be. */
const OF_PAGES = ["GET", "HEAD", "POST", "OPTIONS"];
const OF_ROUTES = [...OF_PAGES, "PUT", "PATCH", "DELETE"];

/**
 * Stands before Next: no request reaches it with what only an answer may have, or with a method that nothing here has,
 * and none of its answers leaves without the headers that all of them have. Node's own channel tells of requests, so
 * that it is the same under `next start`, `next dev` and in the standalone server.
 */
export function guardDoor(settings: DoorSettings): void {
  const met = new WeakSet<Server>();
  for (const response of listWaiting()) admit(response.req, response, settings);
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as Started;
    admit(request, response, settings);
    if (met.has(server)) return;
    met.add(server);
    refuseMethods(server);
  });
}

function admit(request: IncomingMessage, response: ServerResponse, settings: DoorSettings): void {
  for (const name of REQUEST_POLICIES) delete request.headers[name];
  finishAtHead(request, response, settings);
}

/** The last moment at which an answer's headers can be changed, whoever wrote them. */
function finishAtHead(request: IncomingMessage, response: ServerResponse, settings: DoorSettings): void {
  const writeHead: (status: number, reason?: string) => ServerResponse = response.writeHead;
  response.writeHead = function writeFinishedHead(status: number, ...rest: unknown[]): ServerResponse {
    const given = rest.at(-1);
    if (typeof given === "object" && given !== null) setAll(response, given);
    finishHeaders(request, response, settings);
    return typeof rest[0] === "string"
      ? writeHead.call(response, status, rest[0])
      : writeHead.call(response, status);
  } as ServerResponse["writeHead"];
}

/** As `writeHead` takes them: by name, or names and values in turn. */
function setAll(response: ServerResponse, given: object): void {
  const entries = Array.isArray(given)
    ? given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]] as const] : []))
    : Object.entries(given as OutgoingHttpHeaders);
  for (const [name, value] of entries) if (value !== undefined) response.setHeader(name, value);
}

/** Called before the first request of a server is handed on, so that it holds for that one too. */
function refuseMethods(server: Server): void {
  const listeners = server.listeners("request") as Listener[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const { url = "/", method = "" } = request;
    const allowed = /^\/api(?:\/|$)/.test(url) ? OF_ROUTES : OF_PAGES;
    if (allowed.includes(method) && (method !== "OPTIONS" || allowed === OF_ROUTES)) {
      for (const listener of listeners) listener.call(server, request, response);
      return;
    }
    const status = method === "OPTIONS" ? 204 : 405;
    response.writeHead(status, { Allow: allowed.join(", "), ...(status === 405 && { "Content-Length": 0 }) });
    response.end();
  });
}

/** Requests that came while Next was starting wait for it, and were announced to nobody. */
function listWaiting(): ServerResponse[] {
  const { _getActiveHandles: list } = process as unknown as { _getActiveHandles?: () => unknown[] };
  return (list?.call(process) ?? []).flatMap((handle) => {
    const response = (handle as { _httpMessage?: unknown } | null)?._httpMessage;
    return response instanceof ServerResponse && !response.headersSent ? [response] : [];
  });
}
