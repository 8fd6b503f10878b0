import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import type { ExperimentAnswer } from "../types";

/** Another server process on the same database. */
export interface NodeProcess {
  decide(slug: string, userId: number): Promise<ExperimentAnswer>;
  stop(): Promise<void>;
}

export function spawnNode(connectionString: string): NodeProcess {
  const script = path.join(import.meta.dirname, "node-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, connectionString], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: ((line: string) => void)[] = [];
  readline.createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    decide(slug, userId) {
      return new Promise((resolve, reject) => {
        waiting.push((line) => resolve(JSON.parse(line) as ExperimentAnswer));
        child.once("exit", () => reject(new Error("The node is gone.")));
        child.stdin.write(`${JSON.stringify({ slug, userId })}\n`);
      });
    },
    stop() {
      child.stdin.end();
      return gone;
    },
  };
}
