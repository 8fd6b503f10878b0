import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

export interface EndedRequest {
  method: string;
  url: string;
  status: number;
  ms: number;
  /** The client has gone before the answer was complete. */
  isAborted: boolean;
}

export interface WatchOptions {
  keepAliveMs: number;
  onEnd: (request: EndedRequest) => void;
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/** What a balancer asks of a server that it sends nobody to any more. */
const PROBE = /^\/api\/(health|ready)(\?|$)/;

/**
 * Sees each request of this process from its start to its end. Node's own channel tells of them, so that it is the same
 * under `next start` and in the standalone server, which both keep their server to themselves.
 */
export class RequestWatch {
  readonly servers = new Set<Server>();
  readonly #options: WatchOptions;
  readonly #underWay = new Set<ServerResponse>();
  #isLeaving = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** How many requests are not answered yet. */
  get count(): number {
    return this.#underWay.size;
  }

  /** For how many milliseconds nobody has asked for anything, but how the server is. */
  get quietMs(): number {
    return performance.now() - this.#askedAt;
  }

  start(): void {
    subscribe("http.server.request.start", (message) => this.#onStart(message as Started));
  }

  /** From now on each answer asks for its connection to be closed, so that a busy one comes to an end too. */
  leave(): void {
    this.#isLeaving = true;
    for (const response of this.#underWay) askToClose(response);
  }

  #onStart({ request, response, server }: Started): void {
    if (!this.servers.has(server)) this.#meet(server);
    const startedAt = performance.now();
    if (!PROBE.test(request.url ?? "")) this.#askedAt = startedAt;
    this.#underWay.add(response);
    if (this.#isLeaving) askToClose(response);
    response.once("close", () => {
      this.#underWay.delete(response);
      this.#options.onEnd({
        method: request.method ?? "",
        url: request.url ?? "",
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
        isAborted: !response.writableFinished,
      });
    });
  }

  /** Node reads both at the end of each answer: the first connection has them too. */
  #meet(server: Server): void {
    this.servers.add(server);
    server.keepAliveTimeout = this.#options.keepAliveMs;
    server.headersTimeout = this.#options.keepAliveMs + 5_000;
  }
}

function askToClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}
