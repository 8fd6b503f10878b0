import http from "node:http";
import { codeOf } from "@calcom/lib/script-error";

export interface Question {
  path: string;
  /** Sent as JSON, by POST. */
  body?: unknown;
  headers?: http.OutgoingHttpHeaders;
  agent?: http.Agent;
  timeoutMs?: number;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** No answer came: the connection was refused, reset or silent for too long. */
export class NoAnswer extends Error {
  constructor(readonly code: string) {
    super(`No answer came (${code}).`);
  }
}

/** Bots see control and are counted nowhere. */
const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";

/** One request to a server on this machine. @throws NoAnswer */
export function ask(baseUrl: string, question: Question): Promise<Answer> {
  const { path, body, headers, agent, timeoutMs = 60_000 } = question;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: hostname,
        port,
        path,
        agent,
        method: text === undefined ? "GET" : "POST",
        headers: {
          "user-agent": AGENT,
          ...(text === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", fail);
        response.on("end", () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    const timer = setTimeout(() => request.destroy(new NoAnswer("timeout")), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error instanceof NoAnswer ? error : new NoAnswer(codeOf(error) ?? error.message));
    };
    request.on("error", fail);
    request.end(text);
  });
}
