import { type ChildProcess, spawn } from "node:child_process";
import { ScriptError } from "@calcom/lib/script-error";
import { root } from "./paths";

export interface Finished {
  code: number;
  output: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Shows the output while it comes, besides returning it. */
  isShown?: boolean;
}

/** Runs one of our dependencies' programs under this Node and waits for its end. */
export function runNode(args: string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    if (options.isShown) process.stdout.write(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    if (options.isShown) process.stderr.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      children.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

const children = new Set<ChildProcess>();

/** Ends what runNode has started; its callers see it fail. */
export function endChildren(): void {
  for (const child of children) child.kill("SIGTERM");
}

/** The promise of the first SIGINT, SIGTERM or SIGHUP, which then no longer ends the process by itself. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
  });
}

/** The last lines of a long output. */
export function tailOf(output: string, lines = 40): string {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}

export function parsePort(value: string | undefined): number {
  if (value === undefined || value === "") return 3000;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ScriptError(`PORT=${value} is not a port: give a number from 1 to 65535.`);
}
