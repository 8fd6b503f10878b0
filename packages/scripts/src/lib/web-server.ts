import { spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import { root } from "./paths";

export interface WebServerOptions {
  mode: "start" | "dev";
  port: number;
  host: string;
  env: NodeJS.ProcessEnv;
  /** Where the build is; this checkout where absent. */
  checkout?: string;
  /** Where its output goes: shown, or handed over line by line. */
  onOutput?: (text: string) => void;
}

export interface WebServer {
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<number>;
  /** Asks it to finish what it is answering, and ends it after ten seconds. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/** Starts Next on a port and waits until it accepts connections. It dies with this process, however that ends. */
export async function spawnWebServer(options: WebServerOptions): Promise<WebServer> {
  const { mode, port, host, env, checkout = root, onOutput } = options;
  const args = [
    "--import",
    new URL("../../bootstrap/die-with-parent.mjs", import.meta.url).href,
    path.join(checkout, "node_modules/next/dist/bin/next"),
    mode,
    "--hostname",
    host,
    "--port",
    String(port),
    // Of the connections that come before the instrumentation runs; it sets the same for all others.
    ...(mode === "start" ? ["--keepAliveTimeout", env.KEEP_ALIVE_TIMEOUT || "75000"] : []),
  ];
  const output = onOutput === undefined ? "inherit" : "pipe";
  const child = spawn(process.execPath, args, {
    cwd: path.join(checkout, "apps/web"),
    env,
    stdio: ["ignore", output, output, "ipc"],
  });
  child.stdout?.on("data", (chunk: Buffer) => onOutput?.(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => onOutput?.(chunk.toString()));
  let hasEnded = false;
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      hasEnded = true;
      resolve(code ?? 1);
    });
  });

  const stop = async () => {
    if (hasEnded) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
    await exited;
    clearTimeout(timer);
  };
  const deadline = Date.now() + startTimeoutMs;
  while (!(await accepts(port, host))) {
    if (hasEnded)
      throw new ScriptError(`The web server did not start on port ${port}; what it said stands above.`);
    if (Date.now() > deadline) {
      await stop();
      throw new ScriptError(
        `The web server did not answer on port ${port} within ${startTimeoutMs / 1000} s.`,
      );
    }
    await sleep(50);
  }
  return {
    pid: child.pid ?? 0,
    exited,
    stop,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** @throws ScriptError where the port cannot be listened on */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  // A server on another address of this machine would get some of the requests.
  const addresses = host === "127.0.0.1" ? ["127.0.0.1", "0.0.0.0", "::1"] : [host];
  for (const address of addresses) {
    const code = await listenFailure(port, address);
    if (code === "EADDRINUSE") {
      throw new ScriptError(
        `Port ${port} is taken: end what listens there, or choose another with PORT=${port === 65_535 ? 3000 : port + 1}.`,
      );
    }
    if (code === "EACCES") {
      throw new ScriptError(
        `Port ${port} needs more rights than this user has: choose one above 1023 with PORT.`,
      );
    }
    if (code !== undefined && address === host) {
      throw new ScriptError(
        `This machine cannot listen on ${host}:${port} (${code}): set HOST to one of its addresses.`,
      );
    }
  }
}

function listenFailure(port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(codeOf(error) ?? "unknown"));
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function accepts(port: number, host: string): Promise<boolean> {
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: address });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** The address to open in a browser. */
export function addressOf(port: number): string {
  return `http://localhost:${port}`;
}
