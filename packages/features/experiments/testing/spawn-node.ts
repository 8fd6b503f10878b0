import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import type { ExperimentAnswer } from "../types";

/** Another server process on the same database. */
export interface NodeProcess {
  /** Rejects where the process ends before it has answered. */
  decide(slug: string, userId: number): Promise<ExperimentAnswer>;
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does, as the kernel does when memory runs out. */
  kill(): Promise<void>;
}

interface Waiting {
  resolve(answer: ExperimentAnswer): void;
  reject(error: Error): void;
}

export function spawnNode(connectionString: string): NodeProcess {
  const script = path.join(import.meta.dirname, "node-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, connectionString], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // What is written to a process that was killed is lost, and told by its end.
  child.stdin.on("error", () => {});
  const waiting = new Map<number, Waiting>();
  let count = 0;
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, answer } = JSON.parse(line) as { id: number; answer: ExperimentAnswer };
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error("The node is gone."));
  });
  return {
    decide(slug, userId) {
      return new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, slug, userId })}\n`);
      });
    },
    stop() {
      child.stdin.end();
      return gone;
    },
    kill() {
      child.kill("SIGKILL");
      return gone;
    },
  };
}
