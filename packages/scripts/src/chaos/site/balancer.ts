import http from "node:http";
import type { AddressInfo } from "node:net";
import { every } from "@calcom/lib/outside-request";
import { codeOf } from "@calcom/lib/script-error";
import { ask } from "../traffic/ask";

/** What stands before several nodes: it sends requests in turn to those that say that they are ready. */
export interface Balancer {
  baseUrl: string;
  /** Requests that a node took and did not answer, by how they ended. */
  cutOff: readonly string[];
  add(baseUrl: string): void;
  remove(baseUrl: string): void;
  close(): void;
}

interface Member {
  baseUrl: string;
  agent: http.Agent;
  isReady: boolean;
}

const ASK_EVERY_MS = 200;
/** Below the 75 s of a node, as balancers do. */
const KEPT_MS = 60_000;

export async function startBalancer(baseUrls: readonly string[]): Promise<Balancer> {
  const members: Member[] = [];
  const cutOff: string[] = [];
  let turn = 0;

  const add = (baseUrl: string) => {
    const agent = new http.Agent({ keepAlive: true, timeout: KEPT_MS });
    members.push({ baseUrl, agent, isReady: true });
  };
  const remove = (baseUrl: string) => {
    const at = members.findIndex((one) => one.baseUrl === baseUrl);
    for (const { agent } of at < 0 ? [] : members.splice(at, 1)) agent.destroy();
  };
  const next = (tried: ReadonlySet<Member>): Member | undefined => {
    const fresh = members.filter((one) => !tried.has(one));
    const ready = fresh.filter(({ isReady }) => isReady);
    // Where none says that it is ready, a request is better sent than refused.
    const choice = ready.length > 0 ? ready : fresh;
    return choice[turn++ % Math.max(1, choice.length)];
  };
  const check = every(ASK_EVERY_MS, () => {
    for (const member of members)
      ask(member.baseUrl, { path: "/api/ready", timeoutMs: 2_000 }).then(
        ({ status }) => {
          // A release that has no such address is ready as soon as it answers.
          member.isReady = status < 500;
        },
        () => {
          member.isReady = false;
        },
      );
  });

  const forward = (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: Buffer,
    tried: Set<Member>,
  ): void => {
    const member = next(tried);
    if (member === undefined) {
      response.writeHead(502).end();
      return;
    }
    tried.add(member);
    const { hostname: host, port } = new URL(member.baseUrl);
    const { connection: _, ...headers } = request.headers;
    const upstream = http.request(
      { host, port, agent: member.agent, method: request.method, path: request.url, headers },
      (answer) => {
        const { connection: __, "keep-alive": ___, ...rest } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, rest);
        answer.pipe(response);
        answer.on("error", (error) => {
          cutOff.push(`within an answer: ${codeOf(error)}`);
          response.destroy();
        });
      },
    );
    upstream.on("error", (error) => {
      if (response.headersSent) return;
      // Nobody listens there: the request has reached nobody, and may be sent to another one.
      if (codeOf(error) === "ECONNREFUSED") return forward(request, response, body, tried);
      cutOff.push(`${request.method} ${request.url?.split("?")[0]}: ${codeOf(error)}`);
      response.writeHead(502).end();
    });
    upstream.end(body);
  };

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => forward(request, response, Buffer.concat(chunks), new Set()));
    request.on("error", () => {}); // the client has gone
  });
  for (const baseUrl of baseUrls) add(baseUrl);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    cutOff,
    add,
    remove,
    close() {
      clearInterval(check);
      for (const { agent } of members) agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
