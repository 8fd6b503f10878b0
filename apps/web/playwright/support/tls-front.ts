import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "./self-signed";

/** What ends TLS before the server, for any number of hosts on this machine. */
export interface TlsFront {
  port: number;
  /** The origin of a host here. A browser finds it under `--host-resolver-rules`. */
  originOf(host: string): string;
  /** Hands everything for these hosts on to the server at this port. */
  forward(port: number, hosts: string[]): void;
  /** Answers everything for this host with a page. */
  show(host: string, html: string): void;
  close(): Promise<void>;
}

/** All hosts end in `.test`, which nobody has. */
export const FIND_TEST_HOSTS = "--host-resolver-rules=MAP *.test 127.0.0.1";

export async function startTlsFront(): Promise<TlsFront> {
  const ports = new Map<string, number>();
  const pages = new Map<string, string>();
  const server = https.createServer(selfSigned(), (request, response) => {
    const [host = ""] = (request.headers.host ?? "").split(":");
    const page = pages.get(host);
    const port = ports.get(host);
    if (page !== undefined) {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
      return;
    }
    if (port === undefined) {
      response.writeHead(404).end();
      return;
    }
    const headers = { ...request.headers, "x-forwarded-proto": "https" };
    const { method, url } = request;
    const onward = http.request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    originOf: (host) => `https://${host}:${port}`,
    forward(to, hosts) {
      for (const host of hosts) ports.set(host, to);
    },
    show: (host, html) => void pages.set(host, html),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
