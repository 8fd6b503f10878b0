import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import type { Identity } from "../serve/identity";
import type { ServerConversion } from "../serve/server-conversion";
import type { ExperimentAnswer } from "../types/answers";
import type { NodeCommand } from "./node-process";

/** Another server process on the same database. */
export interface NodeProcess {
  /** Rejects where the process ends before it has answered. */
  decide(slug: string, from: number | Partial<Identity>): Promise<ExperimentAnswer>;
  /** For a user, and for a team as well where one is named. */
  trackConversion(
    conversion: Omit<ServerConversion, "occurredAt">,
    subject: { userId: number; teamId?: number },
  ): Promise<{ recorded: number }>;
  /** Resolves once it is stored that the user has seen the variant. */
  expose(slug: string, userId: number): Promise<unknown>;
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does, as the kernel does when memory runs out. */
  kill(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export interface NodeOptions {
  posthog?: { url: string; key: string };
}

export function spawnNode(connectionString: string, { posthog }: NodeOptions = {}): NodeProcess {
  const script = path.join(import.meta.dirname, "node-process.ts");
  const analytics = posthog === undefined ? [] : [posthog.url, posthog.key];
  const child = spawn(process.execPath, ["--import", "tsx", script, connectionString, ...analytics], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // What is written to a process that was killed is lost, and told by its end.
  child.stdin.on("error", () => {});
  const waiting = new Map<number, Waiting>();
  let count = 0;
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, answer } = JSON.parse(line) as { id: number; answer: unknown };
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error("The node is gone."));
  });
  const ask = <Answer>(command: DistributiveOmit<NodeCommand, "id">) =>
    new Promise<Answer>((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve: (answer) => resolve(answer as Answer), reject });
      child.stdin.write(`${JSON.stringify({ id, ...command })}\n`);
    });
  return {
    decide: (slug, from) => ask({ slug, from: typeof from === "number" ? { userId: from } : from }),
    trackConversion: (conversion, subject) => ask({ conversion, ...subject }),
    expose: (slug, userId) => ask({ exposed: userId, to: slug }),
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

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
