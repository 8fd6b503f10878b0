import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@calcom/embedded-postgres/free-port";
import { ScriptError } from "@calcom/lib/script-error";
import { tailOf } from "../lib/processes";

export interface ServedHost {
  url: string;
  /** What the server has said so far. */
  said(): string;
  stop(): Promise<void>;
}

const READY_MS = 120_000;

/** Starts a built application, and waits until its route says that experiments are well. */
export async function serveHost(dir: string, env: NodeJS.ProcessEnv): Promise<ServedHost> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const next = path.join(dir, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "start", "--port", String(port)], {
    cwd: dir,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const said = () => Buffer.concat(chunks).toString();
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([exited, sleep(10_000, undefined, { ref: false })]);
    child.kill("SIGKILL");
  };
  const until = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(`${url}/api/experiments/health`).catch(() => null);
    if (response?.status === 200) return { url, said, stop };
    const answer = response === null ? "nothing" : `${response.status} ${await response.text()}`;
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new ScriptError(`The application is not well: it answered ${answer}.\n${tailOf(said())}`);
    }
    await sleep(500);
  }
}
