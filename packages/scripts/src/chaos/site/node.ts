import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { ScriptError } from "@calcom/lib/script-error";
import { spawnWebServer, type WebServer } from "../../lib/web-server";
import { ask } from "../traffic/ask";

export interface NodeOptions {
  databaseUrl: string;
  secrets: Readonly<Record<string, string>>;
  /** Settings over the usual ones. */
  env?: Record<string, string>;
  /** A free one where absent; that of a node which is gone, to take its place. */
  port?: number;
  /** The most that its heap may take. */
  heapMb?: number;
  /** Where its build is; this checkout where absent. */
  checkout?: string;
}

export interface Vitals {
  heapBytes: number;
  rssBytes: number;
  /** Of the event loop, since it was asked last. */
  delayMs: { p50: number; p99: number };
}

/** A server of the production build. */
export interface Node extends WebServer {
  baseUrl: string;
  port: number;
  /** Lines of its log. */
  log: readonly string[];
  /** What it holds, after garbage was collected. */
  vitals(): Promise<Vitals>;
}

const PRELOADED = new URL("../../../bootstrap/vitals.mjs", import.meta.url).href;
const KEPT_LINES = 500;
const READY_WITHIN_MS = 60_000;
/** It collects garbage first. */
const VITALS_WITHIN_MS = 30_000;

export async function startNode(options: NodeOptions): Promise<Node> {
  const { databaseUrl, secrets, env = {}, heapMb, checkout } = options;
  const [port, vitalsPort] = [options.port ?? (await freePort()), await freePort()];
  const baseUrl = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const heap = heapMb === undefined ? "" : ` --max-old-space-size=${heapMb}`;
  const server = await spawnWebServer({
    mode: "start",
    host: "127.0.0.1",
    port,
    ...(checkout === undefined ? {} : { checkout }),
    env: {
      // The shell of whoever runs this must not decide how it ends.
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_OPTIONS: `--import=${PRELOADED}${heap}`,
      VITALS_PORT: String(vitalsPort),
      LOG_LEVEL: "warn",
      NEXTAUTH_URL: baseUrl,
      TRUSTED_PROXIES: "1",
      DATABASE_POOL_SIZE: "10",
      ...secrets,
      ...env,
      DATABASE_URL: databaseUrl,
    },
    onOutput(text) {
      log.push(...text.split("\n").filter((line) => line !== ""));
      log.splice(0, log.length - KEPT_LINES);
    },
  }).catch((error: unknown) => {
    throw new ScriptError(`A node did not start:\n${log.slice(-20).join("\n")}`, { cause: error });
  });
  await untilReady(baseUrl);
  return { ...server, baseUrl, port, log, vitals: () => readVitals(vitalsPort) };
}

/** It listens before it can answer, and before it takes its end over from Next. */
async function untilReady(baseUrl: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const answer = await ask(baseUrl, { path: "/api/ready", timeoutMs: 5_000 }).catch(() => null);
    // A release that has no such address is ready as soon as it answers.
    if (answer !== null && answer.status < 500) return;
    await sleep(50);
  }
  throw new ScriptError("A node was not ready within a minute.");
}

function readVitals(port: number): Promise<Vitals> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = net.connect({ port, host: "127.0.0.1" });
    socket.setTimeout(VITALS_WITHIN_MS, () =>
      socket.destroy(new ScriptError("A node did not say what it holds within 30 s.")),
    );
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", reject);
    socket.on("end", () => {
      // A node that dies meanwhile says half of it, or nothing.
      if (text.endsWith("}")) resolve(JSON.parse(text));
      else reject(new ScriptError("A node ended before it had said what it holds."));
    });
  });
}
