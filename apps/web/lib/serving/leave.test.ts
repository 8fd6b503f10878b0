import { spawn } from "node:child_process";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

// A server whose handlers of signals are those of Next: they close the port, wait for all connections, and exit.
const SERVER = `
  import http from "node:http";
  import { leaveOnSignal } from ${JSON.stringify(`${import.meta.dirname}/leave.ts`)};
  import { RequestWatch } from ${JSON.stringify(`${import.meta.dirname}/request-watch.ts`)};
  const server = http.createServer((request, response) => setTimeout(() => response.end("ok"), 2));
  process.on("SIGTERM", () => server.close(() => process.exit(7)));
  const watch = new RequestWatch({ keepAliveMs: 75_000, onEnd() {} });
  watch.start();
  const done = async () => {};
  leaveOnSignal({ watch, graceMs: 300, stopJobs: done, close: done, log: { info() {}, warn() {} } });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;

async function startServer() {
  const args = ["--import", "tsx", "--input-type=module", "-e", SERVER];
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for await (const line of child.stdout) return { child, exited, port: Number(line) };
  throw new Error("The server ended without a word.");
}

/** A busy machine may take longer than a second for its first requests. */
const PATIENTLY = { timeout: 20_000 };
/** The server takes a client that asks for nothing in 250 ms for gone: a starved machine makes one of any client. */
const STARVED = { timeout: 180_000, retry: 4 };

/** One request on a connection that is kept; resolves to how it ended. */
function ask(port: number, agent: http.Agent, method: string): Promise<string> {
  return new Promise((resolve) => {
    const request = http.request({ host: "127.0.0.1", port, agent, method, path: "/some" }, (response) => {
      response.resume();
      response.on("end", () => resolve(String(response.statusCode)));
      response.on("error", (error) => resolve(`within an answer: ${error.message}`));
    });
    request.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    request.end();
  });
}

test.concurrent(
  "a balancer that sees late that a server is not ready has none of its requests cut off",
  STARVED,
  async () => {
    const { child, exited, port } = await startServer();
    const agent = new http.Agent({ keepAlive: true });
    const ends: Promise<string>[] = [];
    // Requests come at a rate that waits for nobody, many at once, so that connections are kept by the dozen.
    const traffic = setInterval(() => {
      for (let more = 0; more < 4; more++) ends.push(ask(port, agent, more % 2 === 0 ? "POST" : "GET"));
    }, 10);
    await expect.poll(() => ends.length, PATIENTLY).toBeGreaterThan(100);
    const toldAt = performance.now();
    child.kill("SIGTERM");
    const before = ends.length;
    // A second behind the signal: the server waits for whoever still asks for two more than its grace.
    await expect.poll(() => performance.now() - toldAt, PATIENTLY).toBeGreaterThan(1_000);
    clearInterval(traffic);
    expect(ends.length).toBeGreaterThan(before);
    expect(new Set(await Promise.all(ends))).toEqual(new Set(["200"]));
    expect(await exited).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    agent.destroy();
  },
);

test.concurrent("a connection that is kept is read after the port was closed", STARVED, async () => {
  const { child, exited, port } = await startServer();
  const agent = new http.Agent({ keepAlive: true });
  expect(await ask(port, agent, "GET")).toBe("200");
  child.kill("SIGTERM");
  while ((await ask(port, new http.Agent(), "GET")) === "200") await sleep(20);
  expect(await ask(port, agent, "POST")).toBe("200");
  expect(await exited).toBe(0);
  agent.destroy();
});

test.concurrent(
  "clients that never stop asking find a closed port after a while, and nothing that was cut off",
  STARVED,
  async () => {
    const { child, exited, port } = await startServer();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 3 });
    const ends = new Set<string>();
    let answered = 0;
    const clients = [1, 2, 3].map(async () => {
      for (;;) {
        const end = await ask(port, agent, "POST");
        ends.add(end);
        if (end !== "200") return;
        answered++;
      }
    });
    await expect.poll(() => answered, PATIENTLY).toBeGreaterThan(20);
    child.kill("SIGTERM");
    await Promise.all(clients);
    expect(ends).toEqual(new Set(["200", "ECONNREFUSED"]));
    expect(await exited).toBe(0);
    agent.destroy();
  },
);
