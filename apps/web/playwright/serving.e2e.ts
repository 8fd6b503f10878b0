import http from "node:http";
import { expect, long, startWebServer, test, testEnv } from "./support/fixtures";
import { type Answer, ask } from "./support/wire";

/** A client that asks again as soon as it is answered, on one connection for as long as it may, until nobody listens. */
async function keepAsking(port: number, onAnswer: (answer: Answer) => void): Promise<string> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    try {
      onAnswer(await ask(port, "/pricing", { agent }));
    } catch (error) {
      agent.destroy();
      return error instanceof Error && "code" in error ? String(error.code) : String(error);
    }
  }
}

for (const round of [1, 2, 3]) {
  test(
    `a server that is told to end twice resets none of its busy connections, and ends in time (${round} of 3)`,
    long,
    async () => {
      const server = await startWebServer({ databaseUrl: testEnv().databaseUrl });
      const statuses = new Set<number>();
      let isTold = false;
      let closed = 0;
      let answered = 0;
      const clients = [1, 2, 3].map(() =>
        keepAsking(server.port, ({ status, headers }) => {
          statuses.add(status);
          answered++;
          if (isTold && headers.connection === "close") closed++;
        }),
      );
      await expect.poll(() => answered).toBeGreaterThan(6);
      isTold = true;
      const toldAt = performance.now();
      process.kill(server.pid, "SIGTERM");
      process.kill(server.pid, "SIGTERM");
      const notReady = await ask(server.port, "/api/ready");
      expect(notReady).toMatchObject({
        status: 503,
        body: JSON.stringify({ status: "not_ready", missing: "running" }),
      });
      expect(await server.exited).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(10_000);
      // Refused, as by any port where nobody listens: not reset, and not cut off.
      expect(await Promise.all(clients)).toEqual(["ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED"]);
      expect([...statuses]).toEqual([200]);
      expect(closed).toBeGreaterThanOrEqual(3);
    },
  );
}

test("health and readiness are for anybody, in any language, signed in or not, and stored by nobody", async () => {
  const port = Number(new URL(testEnv().baseUrl).port);
  for (const [path, body] of [
    ["/api/health", { status: "alive" }],
    ["/api/ready", { status: "ready" }],
  ] as const) {
    for (const headers of [
      {},
      { "accept-language": "de", cookie: "NEXT_LOCALE=de; next-auth.session-token=x" },
    ]) {
      const answer = await ask(port, path, { headers });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual(body);
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(await ask(port, path, { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  }
});

test("connections stay open for longer than a balancer keeps them", async () => {
  const port = Number(new URL(testEnv().baseUrl).port);
  const agent = new http.Agent({ keepAlive: true });
  const { headers } = await ask(port, "/api/health", { agent });
  agent.destroy();
  expect(headers["keep-alive"]).toBe("timeout=75");
});

test("each request leaves one line, with its route and nothing that somebody typed", long, async () => {
  const lines: string[] = [];
  const server = await startWebServer({
    databaseUrl: testEnv().databaseUrl,
    env: { LOG_LEVEL: "info" },
    onOutput: (text) => lines.push(...text.split("\n")),
  });
  await ask(server.port, "/api/ready");
  lines.length = 0;
  await ask(server.port, "/pricing?email=ada@example.com");
  await ask(server.port, "/ada@example.com");
  await ask(server.port, "/settings/admin/experiments/secret-plan", { method: "HEAD" });
  await server.stop();
  const requests = lines
    .filter((line) => line.includes('"message":"request"'))
    .map((line) => JSON.parse(line));
  expect(requests).toMatchObject([
    { level: "info", method: "GET", route: "/pricing", status: 200, ms: expect.any(Number) },
    { method: "GET", route: "(none)", status: 404 },
    { method: "HEAD", route: "/settings/admin/experiments/[slug]" },
  ]);
  expect(lines.join("\n")).not.toMatch(/ada|secret-plan/);
});
