import { randomUUID } from "node:crypto";
import http from "node:http";
import { signVisitorId, VISITOR_COOKIE } from "../internals";
import type { WebServer } from "./web-server";

export const CONNECTIONS = 16;

/** A browser that the server has given its cookie, at an address of its own. */
export interface Visitor {
  cookie: string;
  address: string;
}

let visitors = 0;

export async function aVisitor({ visitorSecret }: WebServer): Promise<Visitor> {
  visitors++;
  const parts = [10, (visitors >> 16) & 255, (visitors >> 8) & 255, visitors & 255];
  const cookie = await signVisitorId(randomUUID(), visitorSecret);
  return { cookie: `${VISITOR_COOKIE}=${cookie}`, address: parts.join(".") };
}

/** A tRPC query over connections that stay open; answers its data. */
export function createClient({ port }: WebServer): {
  query(procedure: string, input: unknown, visitor: Visitor): Promise<unknown>;
  close(): void;
} {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return {
    query(procedure, input, { cookie, address }) {
      const search =
        input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
      return new Promise((resolve, reject) => {
        const request = http.get(
          `http://127.0.0.1:${port}/api/trpc/${procedure}${search}`,
          {
            agent,
            headers: { cookie, "x-forwarded-for": address, "user-agent": "Mozilla/5.0 Chrome/140.0.0.0" },
          },
          (response) => {
            let text = "";
            response.setEncoding("utf8");
            response.on("data", (chunk: string) => {
              text += chunk;
            });
            response.on("end", () => {
              if (response.statusCode !== 200)
                reject(new Error(`${procedure} answered ${response.statusCode}: ${text}`));
              else resolve(JSON.parse(text).result.data.json);
            });
          },
        );
        request.on("error", reject);
      });
    },
    close: () => agent.destroy(),
  };
}
