import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DoorSettings } from "./answer-headers";
import { guardDoor } from "./guard-door";

const settings: DoorSettings = {
  isSecure: true,
  isDevelopment: false,
  embedRoutes: ["/book/*", "/pricing"],
  embedAncestors: ["https://blog.example", "https://shop.example"],
};

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;
let handle: Handler;
let server: http.Server;
let waiting: Promise<Answer>;
beforeAll(async () => {
  let release = () => {};
  const isReady = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrived = () => {};
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  server = http.createServer(async (request, response) => {
    arrived();
    await isReady;
    handle(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  handle = (_, response) => response.end("early");
  waiting = ask("/early");
  await hasArrived;
  guardDoor(settings);
  release();
  await waiting;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
}

function ask(path: string, options: http.RequestOptions = {}): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    http
      .request({ host: "127.0.0.1", port, path, ...options }, (response) => {
        response
          .resume()
          .on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
      })
      .on("error", reject)
      .end();
  });
}

const answering = async (write: Handler, path = "/", options?: http.RequestOptions) => {
  handle = write;
  return ask(path, options);
};

const HEADERS = [
  "content-security-policy",
  "x-content-type-options",
  "permissions-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "referrer-policy",
  "strict-transport-security",
];

describe("every answer has all headers, however it is written", () => {
  test.each<[string, Handler]>([
    ["at once", (_, response) => response.end("x")],
    ["in pieces", (_, response) => response.write("x", () => response.end())],
    ["with a status and headers", (_, response) => response.writeHead(201, { "x-own": "1" }).end()],
    ["with a reason and pairs", (_, response) => response.writeHead(404, "No", ["x-own", "1"]).end()],
    ["as not modified", (_, response) => response.writeHead(304).end()],
    ["as a failure", (_, response) => response.writeHead(500).end()],
    [
      "with headers that are ours",
      (_, response) => response.writeHead(200, { "X-Frame-Options": "ALLOW" }).end(),
    ],
  ])("%s", async (_, write) => {
    const { headers } = await answering(write);
    for (const name of HEADERS) expect(headers[name], name).toBeDefined();
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
  });

  test("also to a request that came before the door was there", async () => {
    const { headers } = await waiting;
    for (const name of HEADERS) expect(headers[name], name).toBeDefined();
  });

  test("and keeps its own status, headers and stricter referrer", async () => {
    const { status, headers } = await answering((_, response) =>
      response.writeHead(404, "No", ["x-own", "1", "referrer-policy", "no-referrer"]).end(),
    );
    expect([status, headers["x-own"], headers["referrer-policy"]]).toEqual([404, "1", "no-referrer"]);
  });
});

describe("a page says which scripts it runs, and the door the rest", () => {
  const page: Handler = (_, response) => {
    response.setHeader("content-security-policy", "script-src 'self' 'nonce-a'; img-src *");
    response.end();
  };

  test("in one policy, which nobody may frame", async () => {
    const { headers } = await answering(page, "/teams?x=/pricing");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'nonce-a'; style-src/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("upgrade-insecure-requests");
    expect(policy).not.toContain("img-src *");
    expect(headers["x-frame-options"]).toBe("DENY");
  });

  test.each(["/pricing", "/pricing?a=b", "/book/ada"])("and some sites may frame %s", async (path) => {
    const { headers } = await answering(page, path);
    expect(headers["content-security-policy"]).toContain(
      "frame-ancestors https://blog.example https://shop.example",
    );
    expect(headers["x-frame-options"]).toBeUndefined();
  });

  test.each(["/book", "/pricing/more", "/booking/a"])(
    "and nobody %s, which only looks like it",
    async (path) => {
      expect((await answering(page, path)).headers["content-security-policy"]).toContain(
        "frame-ancestors 'none'",
      );
    },
  );
});

test("a request's own policies reach nobody", async () => {
  const seen: (string | undefined)[] = [];
  await answering(
    ({ headers }, response) => {
      seen.push(
        headers["content-security-policy"] as string,
        headers["content-security-policy-report-only"] as string,
      );
      response.end();
    },
    "/",
    { headers: { "content-security-policy": "a", "Content-Security-Policy-Report-Only": "b" } },
  );
  expect(seen).toEqual([undefined, undefined]);
});

describe("what is somebody's is stored by nobody", () => {
  const withCaching =
    (caching: string | null, cookie = false): Handler =>
    (_, response) => {
      if (caching !== null) response.setHeader("cache-control", caching);
      if (cookie) response.setHeader("set-cookie", "a=b");
      response.end();
    };
  const signedIn = { headers: { cookie: "a=b; __Secure-next-auth.session-token.0=x" } };

  test.each<[string, string | null, boolean, http.RequestOptions, string | undefined]>([
    ["a page of somebody who is signed in", "private, max-age=0", false, signedIn, "private, no-store"],
    ["an answer without a word on it", null, false, signedIn, "private, no-store"],
    [
      "what is stricter already",
      "private, no-cache, no-store",
      false,
      signedIn,
      "private, no-cache, no-store",
    ],
    [
      "a file, also for them",
      "public, max-age=31536000, immutable",
      false,
      signedIn,
      "public, max-age=31536000, immutable",
    ],
    ["an answer with a cookie", "s-maxage=60", true, {}, "private, no-store"],
    ["a file with a cookie", "public, max-age=60", true, {}, "private, no-store"],
    ["a page of a visitor", "private, max-age=0", true, {}, "private, max-age=0"],
    ["a page of nobody", "s-maxage=60", false, {}, "s-maxage=60"],
  ])("%s", async (_, caching, cookie, options, expected) => {
    expect((await answering(withCaching(caching, cookie), "/", options)).headers["cache-control"]).toBe(
      expected,
    );
  });
});

describe("a method", () => {
  test.each<[string, string, number]>([
    ["GET", "/", 200],
    ["HEAD", "/", 200],
    ["POST", "/teams", 200],
    ["DELETE", "/api/experiments/preview", 200],
    ["OPTIONS", "/api/health", 200],
    ["OPTIONS", "/", 204],
    ["TRACE", "/", 405],
    ["TRACE", "/api/health", 405],
    ["PUT", "/", 405],
    ["DELETE", "/apiary", 405],
    ["PROPFIND", "/api", 405],
  ])("%s at %s is answered with %i", async (method, path, status) => {
    const answer = await answering((_, response) => response.end(), path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.allow !== undefined).toBe(status === 405 || status === 204);
  });
});
